package dev.pgtrickle.crds;

/** Names of finalizers; frozen: an object that carries an unknown one can never go. */
public final class Finalizers {
  public static final String STREAM_TABLE = ApiGroup.NAME + "/streamtable";
  public static final String SNAPSHOT = ApiGroup.NAME + "/snapshot";
  public static final String RESTORE = ApiGroup.NAME + "/restore";

  private Finalizers() {}
}
