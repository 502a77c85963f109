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

  @Override
  public Operator apply(Operator plan) {
    Operator rewritten = plan;
    for (RewriteRule rule : RULES) {
      rewritten = rule.apply(rewritten);
    }
    return rewritten;
  }

  /** The rules one by one. */
  public static List<RewriteRule> rules() {
    return RULES;
  }
}
