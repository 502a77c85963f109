package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;

/**
 * Sanity: what a recomputed group put out before is computed from its rows as they were, never from
 * those that are there now.
 */
final class PreviousStateTakenBack implements StatementCheck {
  private static final String RETRACTED = "SELECT -1 AS \"__weight\", result.*";

  @Override
  public void check(MaintenancePlan plan, String statement) {
    int start = statement.indexOf(RETRACTED);
    while (start >= 0) {
      int end = statement.indexOf("\n)", start);
      String select = statement.substring(start, end < 0 ? statement.length() : end);
      if (!select.contains("_previous\"")) {
        throw TrickleException.of(
            ErrorCode.INTERNAL,
            "a generated delta retracts what groups put out now, not what they did",
            "report the query");
      }
      start = statement.indexOf(RETRACTED, start + 1);
    }
  }
}
