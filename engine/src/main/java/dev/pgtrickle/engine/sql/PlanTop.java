package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.Distinct;
import dev.pgtrickle.engine.algebra.Duplicates;
import dev.pgtrickle.engine.algebra.Fidelity;
import dev.pgtrickle.engine.algebra.Filter;
import dev.pgtrickle.engine.algebra.GroupBy;
import dev.pgtrickle.engine.algebra.GroupingClause;
import dev.pgtrickle.engine.algebra.GroupingElement;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.SetOperation;
import dev.pgtrickle.engine.algebra.property.ColumnFidelity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a plan shows of the rows below its projections.
 *
 * @param above the projections, the uppermost first
 */
record PlanTop(List<Project> above, Operator rows) {

  static PlanTop of(Operator plan) {
    List<Project> above = new ArrayList<>();
    Operator inner = plan;
    while (inner instanceof Project project) {
      above.add(project);
      inner = project.input();
    }
    return new PlanTop(List.copyOf(above), inner);
  }

  /**
   * The groups at the top, if no expression asks a query; rows that are told apart by all their
   * columns are some as well.
   */
  Optional<GroupBy> groups() {
    if (asksQuery(rows) || above.stream().anyMatch(PlanTop::asksQuery)) {
      return Optional.empty();
    }
    return switch (rows) {
      case GroupBy group -> Optional.of(group);
      case Distinct distinct -> grouped(distinct.input(), distinct.columns());
      case SetOperation operation
          when operation.kind() == SetOperation.Kind.UNION
              && operation.duplicates() == Duplicates.REMOVED ->
          grouped(
              new SetOperation(
                  operation.kind(),
                  Duplicates.KEPT,
                  operation.left(),
                  operation.right(),
                  operation.columns()),
              operation.columns());
      default -> Optional.empty();
    };
  }

  private static boolean asksQuery(Operator operator) {
    return operator.scalars().stream().anyMatch(Scalar::hasQuery);
  }

  /** The groups under projections and at least one condition, if none of them asks a query. */
  static Optional<GroupBy> filteredGroups(Operator plan) {
    return isFiltered(plan) ? groupsBelow(plan) : Optional.empty();
  }

  private static boolean isFiltered(Operator plan) {
    return plan instanceof Filter
        || (plan instanceof Project project && isFiltered(project.input()));
  }

  /** The groups under projections and conditions, if none of them asks a query. */
  static Optional<GroupBy> groupsBelow(Operator plan) {
    Operator inner = plan;
    while (inner instanceof Project || inner instanceof Filter) {
      if (asksQuery(inner)) {
        return Optional.empty();
      }
      inner = inner.inputs().getFirst();
    }
    return inner instanceof GroupBy group && !asksQuery(group)
        ? Optional.of(group)
        : Optional.empty();
  }

  /** The projections and conditions over groups, over other rows with the same columns. */
  static Operator over(Operator plan, Operator rows) {
    return plan instanceof GroupBy
        ? rows
        : plan.withInputs(List.of(over(plan.inputs().getFirst(), rows)));
  }

  private static Optional<GroupBy> grouped(Operator rows, List<Column> columns) {
    boolean alike =
        !columns.isEmpty()
            && columns.stream().allMatch(column -> ColumnFidelity.of(column) == Fidelity.VALUE);
    List<GroupingElement> keys =
        IntStream.range(0, columns.size())
            .<GroupingElement>mapToObj(GroupingElement.Key::new)
            .toList();
    List<Project.ComputedColumn> passed =
        columns.stream()
            .map(column -> new Project.ComputedColumn(column, Scalar.of(column.id())))
            .toList();
    return alike
        ? Optional.of(
            new GroupBy(rows, new GroupingClause(Duplicates.KEPT, keys), passed, List.of()))
        : Optional.empty();
  }
}
