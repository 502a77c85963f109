package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.algebra.Aggregate;
import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.GroupBy;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.Scalar;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Groups of which not all are shown as they are: their state is kept beside the result. */
final class LowerGroups {
  private final TypeProbe types;

  LowerGroups(TypeProbe types) {
    this.types = types;
  }

  /** Groups whose kept state can be added to, under the columns that they have. */
  Optional<Project> sums(GroupBy group) throws SQLException {
    List<Column> columns = group.columns();
    GroupForm form =
        new GroupForm(
            types,
            FlatPlan.of(group.input()),
            group,
            columns.stream()
                .map(column -> new Project.ComputedColumn(column, Scalar.of(column.id())))
                .toList(),
            columns.stream().map(Column::name).toList());
    return form.obstacles().isEmpty()
        ? Optional.of(form.root())
            .filter(
                root -> root.input() instanceof Aggregate aggregate && !aggregate.keepsExtremes())
        : Optional.empty();
  }

  /** Projections and conditions over groups, these as sums; empty where they are something else. */
  Optional<Operator> shown(Operator rows) throws SQLException {
    Optional<Operator> moved =
        PlanTop.groupsBelow(rows).flatMap(found -> KeyConditions.below(rows, found));
    Optional<GroupBy> inner = moved.flatMap(PlanTop::groupsBelow);
    if (inner.isEmpty() || !RuleCoverage.obstacles(inner.get().input()).isEmpty()) {
      return Optional.empty();
    }
    return sums(inner.get()).map(sums -> FlatPlan.of(PlanTop.over(moved.get(), sums)));
  }
}
