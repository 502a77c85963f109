package dev.pgtrickle.cli.bench;

import java.sql.SQLException;

/** Makes the changes of a round once, whichever variant goes first. */
public final class RoundChanges {
  private final Change change;
  private int latest = -1;

  /** What changes in a round. */
  @FunctionalInterface
  public interface Change {
    void make() throws SQLException;
  }

  public RoundChanges(Change change) {
    this.change = change;
  }

  /** Changes, unless that was done for this round. */
  public void begin(int round) throws SQLException {
    if (round != latest) {
      latest = round;
      change.make();
    }
  }
}
