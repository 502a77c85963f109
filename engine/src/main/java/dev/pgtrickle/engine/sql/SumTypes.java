package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.relations.ColumnType;
import java.util.Optional;

/**
 * The types over which sums are exact whatever the order of changes, and what PostgreSQL's sum
 * gives.
 */
final class SumTypes {
  static final long BIGINT = 20;
  static final long NUMERIC = 1700;
  private static final long SMALLINT = 21;
  private static final long INTEGER = 23;

  /** Why a sum over the type cannot follow changes; empty where it can. */
  Optional<Obstacle> obstacle(ColumnType argument) {
    long type = argument.facts().baseOid();
    boolean exact = type == SMALLINT || type == INTEGER || type == BIGINT || type == NUMERIC;
    return exact
        ? Optional.empty()
        : Optional.of(
            Obstacle.of(
                "sum or avg over " + argument.text(), "use integers or numeric", "sum", "avg"));
  }

  /** The oid of the type of sum(argument). */
  static long resultOf(ColumnType argument) {
    long type = argument.facts().baseOid();
    return type == SMALLINT || type == INTEGER ? BIGINT : NUMERIC;
  }
}
