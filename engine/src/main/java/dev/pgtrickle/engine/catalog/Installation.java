package dev.pgtrickle.engine.catalog;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;

/** What we keep in a database, as a whole. */
public final class Installation {
  private Installation() {}

  /** Nothing of ours is there: never was, or somebody removed it. */
  public static TrickleException missing() {
    return TrickleException.of(
        ErrorCode.NOT_FOUND,
        "pgtrickle is not installed in this database",
        "start a worker first: trickle run -f DIR --pg URL");
  }
}
