package dev.pgtrickle.cli.bench;

import java.sql.SQLException;
import java.util.Map;

/** One way of doing a single thing that takes time, after the round's changes were made. */
public record TimedVariant(String name, Measure measure, RoundChanges changes, Work work)
    implements Variant {

  /** What is timed. */
  @FunctionalInterface
  public interface Work {
    double millis() throws SQLException;
  }

  @Override
  public Map<Measure, Double> measure(int round) throws SQLException {
    changes.begin(round);
    return Map.of(measure, work.millis());
  }
}
