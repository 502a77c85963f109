package dev.pgtrickle.engine.algebra.rewrite;

import dev.pgtrickle.engine.algebra.ColumnIds;
import dev.pgtrickle.engine.algebra.Filter;
import dev.pgtrickle.engine.algebra.Form;
import dev.pgtrickle.engine.algebra.GroupBy;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.Scalar;
import java.util.ArrayList;
import java.util.List;

/**
 * A query in an expression becomes a lateral join, wherever in the expression it stands: in CASE,
 * in COALESCE, in the arguments of functions and aggregates.
 *
 * <pre>
 * BEFORE  Project(COALESCE((GroupBy(count(*), Filter(b.x = a.x, b))), 0), a)
 * AFTER   Project(COALESCE(n, 0), Join(a, lateral GroupBy(n: count(*), Filter(b.x = a.x, b))))
 * </pre>
 *
 * <p>How each kind of query is joined so that NULL stays exact says {@link PulledQueries}. Only a
 * query that is {@link Harmless} is pulled out, by a stricter measure where CASE or COALESCE may
 * not ask for it.
 */
public final class ScalarQueries implements RewriteRule {

  @Override
  public Operator apply(Operator plan) {
    Calls calls = new Calls(ColumnIds.after(plan));
    return new BottomUp(operator -> rewrite(operator, calls)).apply(plan);
  }

  private static Operator rewrite(Operator operator, Calls calls) {
    return switch (operator) {
      case Project project -> {
        Pulling pulling = new Pulling(project.input(), calls);
        yield pulling.over(project, Place.ALWAYS);
      }
      case Filter filter -> {
        Pulling pulling = new Pulling(filter.input(), calls);
        Operator changed = pulling.over(filter, Place.ALWAYS);
        yield changed.equals(filter) ? filter : Calls.only(filter.columns(), changed);
      }
      // The rows that an aggregate's FILTER leaves out do not count for its arguments.
      case GroupBy group -> new Pulling(group.input(), calls).over(group, Place.GUARDED);
      default -> operator;
    };
  }

  /** Whether an expression is computed for every row. */
  private enum Place {
    ALWAYS(Harmless.Overflow.ACCEPTED),
    GUARDED(Harmless.Overflow.FEARED);

    private final Harmless.Overflow overflow;

    Place(Harmless.Overflow overflow) {
      this.overflow = overflow;
    }
  }

  /** The expressions of one operator. */
  private static final class Pulling {
    private final PulledQueries queries;

    Pulling(Operator rows, Calls calls) {
      this.queries = new PulledQueries(rows, calls);
    }

    Operator over(Operator operator, Place place) {
      Operator changed =
          operator.withScalars(scalar -> scalar.hasQuery() ? pull(scalar, place) : scalar);
      return queries.any() ? changed.withInputs(List.of(queries.rows())) : operator;
    }

    private Scalar pull(Scalar scalar, Place place) {
      boolean allowed =
          scalar.query().isPresent() && new Harmless(place.overflow).query(scalar.query().get());
      if (allowed) {
        Scalar replaced = queries.replacement(scalar);
        if (!replaced.equals(scalar)) {
          return replaced;
        }
      }
      List<Scalar.Piece> pieces = new ArrayList<>();
      boolean first = true;
      for (Scalar.Piece piece : scalar.pieces()) {
        if (piece instanceof Scalar.Operand operand) {
          Place own = guards(scalar) && !first ? Place.GUARDED : place;
          pieces.add(new Scalar.Operand(pull(operand.scalar(), own)));
          first = false;
        } else {
          pieces.add(piece);
        }
      }
      return pieces.equals(scalar.pieces())
          ? scalar
          : new Scalar(scalar.form(), scalar.operator(), List.copyOf(pieces));
    }

    /** The first operand of these is always computed, the others only if they are asked for. */
    private static boolean guards(Scalar scalar) {
      return scalar.form() == Form.CASE
          || (scalar.form() == Form.SPECIAL_FUNCTION && scalar.operator().equals("COALESCE"));
    }
  }
}
