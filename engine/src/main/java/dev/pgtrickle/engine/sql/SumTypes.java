package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.relations.ColumnType;

/**
 * The types over which sums are exact whatever the order of changes, and what PostgreSQL's sum
 * gives.
 */
final class SumTypes {
  static final long BIGINT = 20;
  static final long NUMERIC = 1700;
  private static final long SMALLINT = 21;
  private static final long INTEGER = 23;

  private final Refusals refusals;

  SumTypes(Refusals refusals) {
    this.refusals = refusals;
  }

  /** The oid of the type of sum(argument). */
  long resultOf(ColumnType argument) {
    long type = argument.facts().baseOid();
    if (type == SMALLINT || type == INTEGER) {
      return BIGINT;
    }
    if (type == BIGINT) {
      return NUMERIC;
    }
    if (type == NUMERIC && argument.modifier() >= 0) {
      return NUMERIC;
    }
    throw type == NUMERIC
        ? refusals.unsupported(
            "sum over numeric without precision and scale is not maintained incrementally:"
                + " its scale would depend on rows that are gone",
            "cast the argument, for example sum(x::numeric(20,2))",
            "sum")
        : refusals.unsupported(
            "sum over " + argument.text() + " is not maintained incrementally",
            "sum integers or numeric(p,s)",
            "sum");
  }
}
