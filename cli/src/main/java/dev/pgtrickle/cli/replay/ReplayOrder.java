package dev.pgtrickle.cli.replay;

/** In which order a case happens. */
public enum ReplayOrder {
  /** The stream table first, then all rows. */
  VIEW_FIRST("view-first"),
  /** The whole of ddl first, then the stream table, then dml. */
  DATA_FIRST("data-first"),
  /**
   * By chance, from a seed: when the stream table comes, when it is refreshed, what comes first.
   */
  INTERLEAVED("interleaved");

  private final String word;

  ReplayOrder(String word) {
    this.word = word;
  }

  /** As on the command line and in reports. */
  @Override
  public String toString() {
    return word;
  }
}
