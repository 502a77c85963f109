package dev.pgtrickle.engine.algebra.rewrite;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.ConstantRow;
import dev.pgtrickle.engine.algebra.Distinct;
import dev.pgtrickle.engine.algebra.DistinctOn;
import dev.pgtrickle.engine.algebra.Filter;
import dev.pgtrickle.engine.algebra.Form;
import dev.pgtrickle.engine.algebra.GroupBy;
import dev.pgtrickle.engine.algebra.Join;
import dev.pgtrickle.engine.algebra.NullAwareAntiJoin;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.Scan;
import dev.pgtrickle.engine.algebra.SemiJoin;
import java.util.List;
import java.util.Set;

/**
 * Queries that cannot raise an error whatever the rows are. A join may compute them for rows for
 * which the expression would not have: {@code CASE WHEN x > 0 THEN (SELECT 1 / x) END} must not
 * fail for 0, and a query that every row needs is needed by none when there is no row. What is not
 * known to be harmless is not.
 */
final class Harmless {
  private static final Set<String> OPERATORS =
      Set.of("=", "<>", "<", "<=", ">", ">=", "~~", "!~~", "||");
  private static final Set<String> AGGREGATES =
      Set.of(
          "\"count\"",
          "\"min\"",
          "\"max\"",
          "\"bool_and\"",
          "\"bool_or\"",
          "\"every\"",
          "\"sum\"",
          "\"avg\"");
  private static final Set<String> ARITHMETIC = Set.of("+", "-", "*");
  private static final Set<String> SUMS = Set.of("\"sum\"", "\"avg\"");

  private final Overflow overflow;

  /** What is thought of sums and products, which fail only for numbers that are too great. */
  enum Overflow {
    ACCEPTED,
    FEARED
  }

  Harmless(Overflow overflow) {
    this.overflow = overflow;
  }

  boolean query(Operator plan) {
    boolean own =
        switch (plan) {
          case GroupBy group -> group.calls().stream().allMatch(call -> aggregate(call, group));
          case Scan scan -> scan.sample().isEmpty();
          case Filter _,
              Project _,
              Join _,
              SemiJoin _,
              NullAwareAntiJoin _,
              Distinct _,
              DistinctOn _,
              ConstantRow _ ->
              true;
          default -> false;
        };
    return own
        && plan.scalars().stream().allMatch(this::scalar)
        && plan.inputs().stream().allMatch(this::query);
  }

  private boolean aggregate(GroupBy.Call call, GroupBy group) {
    List<Column> columns = group.input().columns();
    String function = call.call().function();
    boolean overflows =
        overflow == Overflow.FEARED
            && SUMS.contains(function)
            && call.call().arguments().operands().stream()
                .anyMatch(scalar -> OrderSensitivity.mayFloat(scalar, columns));
    return AGGREGATES.contains(function) && call.call().group().isEmpty() && !overflows;
  }

  private boolean scalar(Scalar scalar) {
    boolean own =
        switch (scalar.form()) {
          case COLUMN,
              CONSTANT,
              PARENTHESES,
              AND,
              OR,
              NOT,
              TEST,
              DISTINCT_FROM,
              CASE,
              COLLATE,
              ROW,
              IN_LIST,
              EXISTS,
              IN_QUERY ->
              true;
          // The arguments of an aggregate, taken together.
          case OPAQUE ->
              scalar.pieces().stream()
                  .allMatch(piece ->
                      !(piece instanceof Scalar.Text text)
                          || text.sql().isBlank()
                          || Set.of("*", ",").contains(text.sql().strip()));
          case INFIX ->
              OPERATORS.contains(scalar.operator())
                  || (overflow == Overflow.ACCEPTED && ARITHMETIC.contains(scalar.operator()));
          case CAST ->
              scalar.operator().equals("text")
                  || scalar.operands().getFirst().bare().form() == Form.CONSTANT;
          case SPECIAL_FUNCTION -> scalar.operator().equals("COALESCE");
          default -> false;
        };
    return own
        && scalar.operands().stream().allMatch(this::scalar)
        && scalar.query().map(this::query).orElse(true);
  }
}
