package dev.pgtrickle.engine.algebra.rewrite;

import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.PlanRewriter;
import dev.pgtrickle.engine.algebra.Scalar;
import java.util.Optional;

/**
 * Puts an expression in the place of the clock, so that a query can be run as of a moment that was
 * stored.
 *
 * <pre>
 * BEFORE  t > now()          d = CURRENT_DATE
 * AFTER   t > (moment)       d = ((moment)::date)
 * </pre>
 */
public final class ClockSubstitution implements RewriteRule {
  private final String moment;

  /**
   * Puts a moment in the place of the clock.
   *
   * @param moment an expression of type timestamptz
   */
  public ClockSubstitution(String moment) {
    this.moment = moment;
  }

  @Override
  public Operator apply(Operator plan) {
    return new PlanRewriter(this::substitute).plan(plan);
  }

  private Optional<Scalar> substitute(Scalar scalar) {
    if (!ClockReading.isReading(scalar)) {
      return Optional.empty();
    }
    String type =
        switch (scalar.operator()) {
          case "CURRENT_DATE" -> "::date";
          case "CURRENT_TIME" -> "::time with time zone";
          case "LOCALTIME" -> "::time without time zone";
          case "LOCALTIMESTAMP" -> "::timestamp without time zone";
          default -> "::timestamp with time zone";
        };
    return Optional.of(Scalar.constant("((" + moment + ")" + type + ")"));
  }
}
