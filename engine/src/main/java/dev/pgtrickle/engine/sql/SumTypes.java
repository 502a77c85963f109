package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.algebra.GroupBy;
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
    return exact ? Optional.empty() : Optional.of(inexact(argument.text()));
  }

  /** The same for a sum that was given an order because its type makes it depend on one. */
  Optional<Obstacle> refined(GroupBy.Call call) {
    String function = call.call().function();
    boolean sum = function.equals("\"sum\"") || function.equals("\"avg\"");
    long type = call.column().type().facts().baseOid();
    return sum && type != BIGINT && type != NUMERIC
        ? Optional.of(inexact(call.column().type().text()))
        : Optional.empty();
  }

  private static Obstacle inexact(String type) {
    return Obstacle.of("sum or avg over " + type, "use integers or numeric", "sum", "avg");
  }

  /** The oid of the type of sum(argument). */
  static long resultOf(ColumnType argument) {
    long type = argument.facts().baseOid();
    return type == SMALLINT || type == INTEGER ? BIGINT : NUMERIC;
  }
}
