package dev.pgtrickle.engine.algebra.rewrite;

import dev.pgtrickle.engine.algebra.Operator;
import java.util.List;

/** The rules that every plan goes through, in an order in which each finds what it needs. */
public final class Normalisation implements RewriteRule {
  private static final List<RewriteRule> RULES =
      List.of(
          new SubqueryConditions(),
          new ScalarQueries(),
          new TemporalFilters(),
          new OuterJoinSimplification(),
          new PredicatesIntoJoins(),
          new ColumnPruning());

  private final List<RewriteRule> rules;

  /** All rules. */
  public Normalisation() {
    this(RULES);
  }

  private Normalisation(List<RewriteRule> rules) {
    this.rules = rules;
  }

  /**
   * All but the one that turns queries in expressions into joins. A query that is run as a whole is
   * better off so: PostgreSQL stops such a query at its first row or keeps its answer in a hash
   * table, which it cannot do for the join.
   */
  public static Normalisation leavingQueriesInExpressions() {
    return new Normalisation(
        RULES.stream().filter(rule -> !(rule instanceof ScalarQueries)).toList());
  }

  @Override
  public Operator apply(Operator plan) {
    Operator rewritten = plan;
    for (RewriteRule rule : rules) {
      rewritten = rule.apply(rewritten);
    }
    return rewritten;
  }

  /** The rules one by one. */
  public static List<RewriteRule> rules() {
    return RULES;
  }
}
