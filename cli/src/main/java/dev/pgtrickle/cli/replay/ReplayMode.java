package dev.pgtrickle.cli.replay;

/** How the stream table of a case is kept. */
public enum ReplayMode {
  /** By its changes where its plan admits that, else by full refreshes. */
  DIFFERENTIAL("differential"),
  /** By full refreshes. */
  FULL("full");

  private final String word;

  ReplayMode(String word) {
    this.word = word;
  }

  /** As on the command line and in reports. */
  @Override
  public String toString() {
    return word;
  }
}
