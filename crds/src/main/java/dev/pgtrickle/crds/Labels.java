package dev.pgtrickle.crds;

/** Names of labels; frozen. */
public final class Labels {
  /** {@code "true"} on a Secret that {@code spec.connection} may name. */
  public static final String CONNECTION = ApiGroup.NAME + "/connection";

  /** {@code "true"} on a Secret that {@code spec.credentials} may name. */
  public static final String CREDENTIALS = ApiGroup.NAME + "/credentials";

  /** On a Snapshot that a SchedulePolicy made: the policy's name. */
  public static final String POLICY = ApiGroup.NAME + "/policy";

  private Labels() {}
}
