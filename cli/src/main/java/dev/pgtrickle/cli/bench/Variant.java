package dev.pgtrickle.cli.bench;

import java.sql.SQLException;
import java.util.Map;

/** One of the ways that are compared. */
public interface Variant {

  String name();

  /**
   * Measures once. Rounds of all variants alternate, so that the machine's moods hit them alike.
   */
  Map<Measure, Double> measure(int round) throws SQLException, InterruptedException;
}
