package dev.pgtrickle.crds;

/** Group and version of our resources; frozen. */
public final class ApiGroup {
  public static final String NAME = "pgtrickle.dev";
  public static final String VERSION = "v1alpha1";
  public static final String API_VERSION = NAME + "/" + VERSION;

  private ApiGroup() {}
}
