package dev.pgtrickle.crds;

/**
 * Who owns which fields under server-side apply; frozen. They never meet: a user (or GitOps) owns
 * the spec, the operator its finalizers and the status, our command its annotations.
 */
public final class FieldManagers {
  public static final String COMMAND = "trickle";
  public static final String OPERATOR = "pgtrickle-operator";
  public static final String OPERATOR_STATUS = "pgtrickle-operator-status";

  private FieldManagers() {}
}
