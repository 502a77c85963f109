package dev.pgtrickle.cli;

/** What the command's end means to a script. Stable; see docs/cli.md. */
public final class ExitCodes {
  public static final int OK = 0;

  /** The database or the engine refused or failed, or a replayed case is different. */
  public static final int FAILED = 1;

  /** The command line, a manifest or a case file is wrong. */
  public static final int USAGE = 2;

  /**
   * A table differs from its query or could not be compared, a benchmark misses a limit, or a query
   * is kept by full refreshes only.
   */
  public static final int DIFFERENT = 3;

  private ExitCodes() {}
}
