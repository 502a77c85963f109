package dev.pgtrickle.engine.algebra.rewrite;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.Filter;
import dev.pgtrickle.engine.algebra.Form;
import dev.pgtrickle.engine.algebra.NullAwareAntiJoin;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.SemiJoin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Queries that a condition only asks for existence or membership become joins.
 *
 * <pre>
 * BEFORE  Filter(EXISTS (Filter(b.x = a.x, b)), a)        Filter(NOT (a.x IN (b)), a)
 * AFTER   SemiJoin(b.x = a.x, a, b)                       NullAwareAntiJoin(a.x, a, b)
 * </pre>
 *
 * <p>{@code x IN (query)} is a plain semi-join, because WHERE takes unknown for false; {@code NOT
 * IN} is not its opposite, because there unknown is not true either.
 */
public final class SubqueryConditions implements RewriteRule {

  @Override
  public Operator apply(Operator plan) {
    return new BottomUp(this::rewrite).apply(plan);
  }

  private Operator rewrite(Operator operator) {
    if (!(operator instanceof Filter filter)) {
      return operator;
    }
    List<Scalar> kept = new ArrayList<>();
    Operator rows = filter.input();
    for (Scalar condition : filter.predicate().conjuncts()) {
      Optional<Operator> joined = joined(rows, condition.bare());
      if (joined.isPresent()) {
        rows = joined.get();
      } else {
        kept.add(condition);
      }
    }
    if (kept.isEmpty()) {
      return rows;
    }
    // What needs no query is decided first.
    return rows.equals(filter.input()) ? operator : under(rows, filter.input(), kept);
  }

  private static Operator under(Operator joined, Operator input, List<Scalar> conditions) {
    if (joined.equals(input)) {
      return new Filter(input, Scalar.and(conditions));
    }
    Operator left = under(joined.inputs().getFirst(), input, conditions);
    return joined.withInputs(List.of(left, joined.inputs().getLast()));
  }

  private static Optional<Operator> joined(Operator rows, Scalar condition) {
    return switch (condition.form()) {
      case EXISTS -> Optional.of(exists(SemiJoin.Kind.SEMI, rows, condition));
      case IN_QUERY -> Optional.of(member(rows, condition, "="));
      case QUANTIFIED_QUERY ->
          switch (condition.operator()) {
            case "<> ALL" -> Optional.of(notMember(rows, condition));
            default ->
                condition.operator().endsWith(" ANY") && single(condition)
                    ? Optional.of(member(rows, condition, operatorOf(condition)))
                    : Optional.empty();
          };
      case NOT -> {
        Scalar inner = condition.operands().getFirst().bare();
        yield switch (inner.form()) {
          case EXISTS -> Optional.of(exists(SemiJoin.Kind.ANTI, rows, inner));
          case IN_QUERY -> Optional.of(notMember(rows, inner));
          case QUANTIFIED_QUERY ->
              inner.operator().equals("= ANY")
                  ? Optional.of(notMember(rows, inner))
                  : Optional.empty();
          default -> Optional.empty();
        };
      }
      default -> Optional.empty();
    };
  }

  private static String operatorOf(Scalar condition) {
    return condition.operator().substring(0, condition.operator().lastIndexOf(' '));
  }

  private static boolean single(Scalar condition) {
    return condition.query().orElseThrow().columns().size() == 1;
  }

  /** Which columns the query selects does not matter, as long as it has a row. */
  private static Operator exists(SemiJoin.Kind kind, Operator rows, Scalar condition) {
    Operator query = condition.query().orElseThrow();
    return new SemiJoin(kind, rows, query, Scalar.constant("true"));
  }

  private static Operator member(Operator rows, Scalar condition, String operator) {
    Operator query = condition.query().orElseThrow();
    Scalar tested = condition.operands().getFirst();
    return new SemiJoin(
        SemiJoin.Kind.SEMI,
        rows,
        query,
        Scalar.infix(Form.INFIX, tested, operator, columns(query.columns())));
  }

  private static Operator notMember(Operator rows, Scalar condition) {
    return new NullAwareAntiJoin(
        rows, condition.query().orElseThrow(), condition.operands().getFirst());
  }

  private static Scalar columns(List<Column> columns) {
    if (columns.size() == 1) {
      return Scalar.of(columns.getFirst().id());
    }
    List<Scalar.Piece> pieces = new ArrayList<>();
    pieces.add(new Scalar.Text("ROW("));
    for (int index = 0; index < columns.size(); index++) {
      pieces.add(new Scalar.Text(index == 0 ? "" : ", "));
      pieces.add(new Scalar.Operand(Scalar.of(columns.get(index).id())));
    }
    pieces.add(new Scalar.Text(")"));
    return new Scalar(Form.ROW, "ROW", List.copyOf(pieces));
  }
}
