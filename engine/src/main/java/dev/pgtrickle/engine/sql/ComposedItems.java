package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.Form;
import dev.pgtrickle.engine.algebra.PlanRewriter;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.Scalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What several projections compute, each column as one expression over what is below all of them:
 *
 * <pre>
 * BEFORE  Project(c: b * 2, Project(b: a + 1, rows))
 * AFTER   (a + 1) * 2 over rows
 * </pre>
 *
 * <p>Not every expression may stand in the place of a column that has its value. Two columns of
 * type record are compared as records, two row constructors column by column, where NULL = NULL is
 * not true; and an explicit collation is none any more outside of its sub-query.
 */
final class ComposedItems {
  /** Columns that are used twice, level over level, would double what is below each time. */
  private static final int MOST_PARTS = 1_000;

  private ComposedItems() {}

  /**
   * Empty where they cannot be written so.
   *
   * @param columns what is below
   * @param above the projections, the uppermost first
   */
  static Optional<List<Project.ComputedColumn>> of(
      List<Project.ComputedColumn> columns, List<Project> above) {
    List<Project.ComputedColumn> items = columns;
    for (Project project : above.reversed()) {
      Map<ColumnId, Scalar> below = new HashMap<>();
      items.forEach(item -> below.put(item.column().id(), item.scalar()));
      List<Project.ComputedColumn> next = new ArrayList<>();
      for (Project.ComputedColumn column : project.computed()) {
        Optional<Scalar> composed = composed(column.scalar(), below);
        if (composed.isEmpty()) {
          return Optional.empty();
        }
        next.add(new Project.ComputedColumn(column.column(), composed.get()));
      }
      items = List.copyOf(next);
    }
    return Optional.of(items);
  }

  /** An expression over columns as one over what they are computed from; empty where it may not. */
  static Optional<Scalar> composed(Scalar scalar, Map<ColumnId, Scalar> below) {
    Optional<Scalar> whole = scalar.asColumn().map(below::get);
    if (whole.isPresent()) {
      return whole;
    }
    boolean allowed =
        scalar.references().stream().map(below::get).allMatch(ComposedItems::mayBeOperand);
    return allowed
        ? Optional.of(
                new PlanRewriter(
                        part -> part.asColumn().map(below::get).map(ComposedItems::asOperand))
                    .scalar(scalar))
            .filter(ComposedItems::isSmall)
        : Optional.empty();
  }

  private static boolean mayBeOperand(Scalar scalar) {
    return scalar.bare().form() != Form.ROW
        && scalar.withAllOperands().stream().noneMatch(part -> part.form() == Form.COLLATE);
  }

  private static boolean isSmall(Scalar scalar) {
    return scalar.withAllOperands().size() <= MOST_PARTS;
  }

  private static Scalar asOperand(Scalar scalar) {
    return scalar.asColumn().isPresent() ? scalar : scalar.parenthesised();
  }
}
