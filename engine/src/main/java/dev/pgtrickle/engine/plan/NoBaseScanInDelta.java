package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.source.SourceRequirement;

/** Sanity: a delta of linear operators and their aggregates never reads a base table. */
final class NoBaseScanInDelta implements StatementCheck {

  @Override
  public void check(MaintenancePlan plan, String statement) {
    for (SourceRequirement source : plan.sources()) {
      String name = source.name().quoted();
      if (statement.contains("FROM " + name)
          || statement.contains("JOIN " + name)
          || statement.contains("ONLY " + name)) {
        throw TrickleException.of(
            ErrorCode.INTERNAL,
            "a generated delta reads the whole table " + source.name(),
            "report the query");
      }
    }
  }
}
