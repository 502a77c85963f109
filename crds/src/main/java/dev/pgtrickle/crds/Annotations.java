package dev.pgtrickle.crds;

/**
 * Names of annotations; frozen. Most of them are requests: people and our command write them, Git
 * does not, so that a re-apply does not repeat or undo them.
 */
public final class Annotations {
  /** RFC 3339 time, then optionally {@code /full} or {@code /differential}. */
  public static final String REFRESH_REQUESTED = ApiGroup.NAME + "/refresh-requested";

  /** The hash of {@code status.pendingDefinition}. */
  public static final String APPROVE = ApiGroup.NAME + "/approve";

  /** Present = suspended, whatever {@code spec.suspend} says; the value is the reason. */
  public static final String SUSPENDED = ApiGroup.NAME + "/suspended";

  /** {@code apply} or {@code reinitialize}, after Stalled/FuseBlown. */
  public static final String RELEASE_FUSE = ApiGroup.NAME + "/release-fuse";

  /** {@value #RECONCILE_DISABLED} = hands off; deleting still releases. */
  public static final String RECONCILE = ApiGroup.NAME + "/reconcile";

  /** The value of {@link #RECONCILE} that counts. */
  public static final String RECONCILE_DISABLED = "disabled";

  /** {@code "true"} = the object may go even though its database cannot be reached. */
  public static final String FORCE_FINALIZE = ApiGroup.NAME + "/force-finalize";

  private Annotations() {}
}
