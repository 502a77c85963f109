package dev.pgtrickle.engine.algebra.rewrite;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.Filter;
import dev.pgtrickle.engine.algebra.Form;
import dev.pgtrickle.engine.algebra.GroupBy;
import dev.pgtrickle.engine.algebra.Join;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.PlanRewriter;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A query in an expression that always gives exactly one row becomes a lateral join, wherever in
 * the expression it stands: in CASE, in COALESCE, in the arguments of a function.
 *
 * <pre>
 * BEFORE  Project(COALESCE((GroupBy(count(*), Filter(b.x = a.x, b))), 0), a)
 * AFTER   Project(COALESCE(n, 0), Join(a, lateral GroupBy(n: count(*), Filter(b.x = a.x, b))))
 * </pre>
 *
 * <p>Exactly one row is an aggregate without GROUP BY: over no rows it is 0 for count and NULL for
 * the others, as it was before. Any other query may give no row, which is NULL, or several, which
 * must stay an error: it is left where it is.
 */
public final class ScalarQueries implements RewriteRule {

  @Override
  public Operator apply(Operator plan) {
    return new BottomUp(this::rewrite).apply(plan);
  }

  private Operator rewrite(Operator operator) {
    return switch (operator) {
      case Project project -> {
        Pulled pulled = new Pulled(project.input());
        Operator changed = project.withScalars(pulled::pull);
        yield pulled.any() ? changed.withInputs(List.of(pulled.rows())) : project;
      }
      case Filter filter -> {
        Pulled pulled = new Pulled(filter.input());
        Operator changed = filter.withScalars(pulled::pull);
        yield pulled.any()
            ? passed(filter.columns(), changed.withInputs(List.of(pulled.rows())))
            : filter;
      }
      default -> operator;
    };
  }

  /** Only the columns that were there before. */
  private static Operator passed(List<Column> columns, Operator operator) {
    return new Project(
        operator,
        columns.stream()
            .map(column -> new Project.ComputedColumn(column, Scalar.of(column.id())))
            .toList());
  }

  /** Rows with the queries of an expression joined to them. */
  private static final class Pulled {
    private Operator rows;
    private final List<Operator> queries = new ArrayList<>();

    Pulled(Operator rows) {
      this.rows = rows;
    }

    Scalar pull(Scalar scalar) {
      return new PlanRewriter(this::replacement).scalar(scalar);
    }

    boolean any() {
      return !queries.isEmpty();
    }

    Operator rows() {
      return rows;
    }

    private Optional<Scalar> replacement(Scalar scalar) {
      if (scalar.form() != Form.SCALAR_QUERY) {
        return Optional.empty();
      }
      Operator query = scalar.query().orElseThrow();
      if (!alwaysOneRow(query)) {
        // Nothing of it is pulled out: its own columns mean nothing here.
        return Optional.of(scalar);
      }
      queries.add(query);
      rows = new Join(Join.Kind.INNER, rows, query, Optional.empty());
      return Optional.of(Scalar.of(query.columns().getFirst().id()));
    }
  }

  private static boolean alwaysOneRow(Operator query) {
    return switch (query) {
      case Project project -> alwaysOneRow(project.input());
      case GroupBy group -> group.grouping().elements().isEmpty();
      default -> false;
    };
  }
}
