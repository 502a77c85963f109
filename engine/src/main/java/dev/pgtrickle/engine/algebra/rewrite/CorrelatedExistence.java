package dev.pgtrickle.engine.algebra.rewrite;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.Distinct;
import dev.pgtrickle.engine.algebra.Filter;
import dev.pgtrickle.engine.algebra.Form;
import dev.pgtrickle.engine.algebra.FreeColumns;
import dev.pgtrickle.engine.algebra.Join;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.SemiJoin;
import dev.pgtrickle.engine.algebra.TopRows;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Moves the conditions by which the right side of an existence test refers to the left one into the
 * test, so that the right side has changes of its own.
 *
 * <pre>
 * BEFORE  SemiJoin(true, a, Project(Filter(b.x = a.x AND b.y > 1, b)))
 * AFTER   SemiJoin(b.x = a.x, a, Project(b.x, Filter(b.y > 1, b)))
 * </pre>
 *
 * <p>What the right side puts out, and how often, does not matter. Where it refers to the left one
 * in another way the test stays as it is.
 */
public final class CorrelatedExistence implements RewriteRule {

  @Override
  public Operator apply(Operator plan) {
    return new BottomUp(CorrelatedExistence::rewrite).apply(plan);
  }

  private static Operator rewrite(Operator operator) {
    if (!(operator instanceof SemiJoin join)) {
      return operator;
    }
    Set<ColumnId> outside = FreeColumns.of(join.right());
    List<Scalar> conditions = new ArrayList<>();
    for (Scalar conjunct : join.condition().conjuncts()) {
      if (!conjunct.bare().equals(Scalar.constant("true"))) {
        conditions.addAll(byColumn(conjunct));
      }
    }
    Optional<Rows> rows = new Pulling(outside).pull(join.right());
    if (rows.isEmpty()) {
      return join;
    }
    conditions.addAll(rows.get().conditions());
    return new SemiJoin(
        join.kind(),
        join.left(),
        rows.get().operator(),
        conditions.isEmpty() ? join.condition() : Scalar.and(conditions));
  }

  /** Two rows are equal when all their columns are. */
  private static List<Scalar> byColumn(Scalar conjunct) {
    Scalar bare = conjunct.bare();
    if (bare.form() == Form.INFIX && bare.operator().equals("=")) {
      Scalar left = bare.operands().getFirst().bare();
      Scalar right = bare.operands().getLast().bare();
      int columns = left.operands().size();
      if (left.form() == Form.ROW
          && right.form() == Form.ROW
          && columns == right.operands().size()
          && columns > 0) {
        List<Scalar> comparisons = new ArrayList<>();
        for (int index = 0; index < columns; index++) {
          comparisons.add(
              Scalar.infix(
                  Form.INFIX, left.operands().get(index), "=", right.operands().get(index)));
        }
        return comparisons;
      }
    }
    return List.of(conjunct);
  }

  /** Rows, and the conditions that were among their own. */
  private record Rows(Operator operator, List<Scalar> conditions) {}

  /** The conditions of one right side. */
  private record Pulling(Set<ColumnId> outside) {

    Optional<Rows> pull(Operator operator) {
      if (ColumnSets.disjoint(FreeColumns.of(operator), outside)) {
        return Optional.of(new Rows(operator, List.of()));
      }
      return switch (operator) {
        case Distinct distinct -> pull(distinct.input());
        case TopRows rows when !rows.limits() -> pull(rows.input());
        case Filter filter -> filter(filter);
        case Project project -> project(project);
        case Join join when join.kind() == Join.Kind.INNER -> join(join);
        default -> Optional.empty();
      };
    }

    private Optional<Rows> filter(Filter filter) {
      List<Scalar> kept = new ArrayList<>();
      List<Scalar> pulled = new ArrayList<>();
      split(filter.predicate(), kept, pulled);
      return pull(filter.input())
          .filter(_ -> pulled.stream().noneMatch(Scalar::hasQuery))
          .map(rows -> {
            pulled.addAll(rows.conditions());
            return new Rows(
                kept.isEmpty() ? rows.operator() : new Filter(rows.operator(), Scalar.and(kept)),
                pulled);
          });
    }

    private void split(Scalar condition, List<Scalar> kept, List<Scalar> pulled) {
      for (Scalar conjunct : condition.conjuncts()) {
        (ColumnSets.disjoint(conjunct.references(), outside) ? kept : pulled).add(conjunct);
      }
    }

    private Optional<Rows> project(Project project) {
      boolean plain =
          project.computed().stream()
              .allMatch(column -> ColumnSets.disjoint(column.scalar().references(), outside));
      return pull(project.input())
          .filter(_ -> plain)
          .map(rows -> new Rows(exposing(project, rows), rows.conditions()));
    }

    /** The projection with the columns that the pulled conditions need. */
    private static Operator exposing(Project project, Rows rows) {
      Set<ColumnId> needed = new HashSet<>();
      rows.conditions().forEach(condition -> needed.addAll(condition.references()));
      project.columns().forEach(column -> needed.remove(column.id()));
      List<Project.ComputedColumn> computed = new ArrayList<>(project.computed());
      for (Column column : rows.operator().columns()) {
        if (needed.contains(column.id())) {
          computed.add(Calls.passed(column));
        }
      }
      return new Project(rows.operator(), List.copyOf(computed));
    }

    private Optional<Rows> join(Join join) {
      List<Scalar> kept = new ArrayList<>();
      List<Scalar> pulled = new ArrayList<>();
      join.condition().ifPresent(condition -> split(condition, kept, pulled));
      Optional<Rows> left = pull(join.left());
      Optional<Rows> right = pull(join.right());
      if (left.isEmpty() || right.isEmpty() || pulled.stream().anyMatch(Scalar::hasQuery)) {
        return Optional.empty();
      }
      pulled.addAll(left.get().conditions());
      pulled.addAll(right.get().conditions());
      return Optional.of(
          new Rows(
              new Join(
                  join.kind(),
                  left.get().operator(),
                  right.get().operator(),
                  kept.isEmpty() ? Optional.empty() : Optional.of(Scalar.and(kept))),
              pulled));
    }
  }
}
