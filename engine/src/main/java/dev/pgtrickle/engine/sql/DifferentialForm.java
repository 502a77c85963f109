package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.algebra.Aggregate;
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
import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.relations.ColumnFacts;
import dev.pgtrickle.engine.relations.Nullability;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Brings a plan into one of the forms that the delta rules follow, where it has one:
 *
 * <pre>
 * Project(outputs, Aggregate(keys, counts and sums, Project(keys, arguments, rows)))
 * Project(outputs, Filter(condition, Aggregate(keys, counts and sums, Project(keys, arguments, rows))))
 * Project(outputs, rows)
 * </pre>
 *
 * <p>The first is for groups at the top whose stored state changes can be added to, the second for
 * those of which only some are shown (HAVING). Rows are whatever {@link RuleCoverage} knows.
 */
final class DifferentialForm {
  private final TypeProbe types;
  private final RefreshMode mode;

  /**
   * @param mode what was asked for: where nobody follows changes, state beside the result is of no
   *     use
   */
  DifferentialForm(TypeProbe types, RefreshMode mode) {
    this.types = types;
    this.mode = mode;
  }

  /** The form, or what stands in its way. */
  sealed interface Outcome {
    record Fits(Project root) implements Outcome {}

    record Misses(List<Obstacle> obstacles) implements Outcome {}
  }

  /** The form of a typed plan; several groupings at once fit where they can be added to as one. */
  Outcome of(MaintainablePlan plans, Operator typed, List<ColumnFacts> outputs)
      throws SQLException {
    Operator plan = plans.of(typed);
    Outcome outcome = of(plan, outputs);
    if (outcome instanceof Outcome.Misses) {
      Optional<Operator> expanded = plans.expanded(plan);
      if (expanded.isPresent()) {
        return addedUp(expanded.get(), outputs).orElse(outcome);
      }
    }
    return outcome;
  }

  /**
   * @param plan refined to one answer, without common tables, its columns with names of their own
   */
  private Outcome of(Operator plan, List<ColumnFacts> outputs) throws SQLException {
    Optional<Outcome> groups = groups(plan, outputs);
    if (groups.filter(Outcome.Fits.class::isInstance).isPresent()) {
      return groups.get();
    }
    Optional<Outcome> some = someGroups(plan, outputs);
    if (some.isPresent()) {
      return some.get();
    }
    List<Obstacle> general = RuleCoverage.obstacles(plan);
    if (general.isEmpty()) {
      return new Outcome.Fits(output(FlatPlan.of(plan), outputs));
    }
    List<Obstacle> obstacles = new ArrayList<>();
    if (groups.isPresent() && groups.get() instanceof Outcome.Misses misses) {
      obstacles.addAll(misses.obstacles());
    }
    general.stream().filter(obstacle -> !obstacles.contains(obstacle)).forEach(obstacles::add);
    return new Outcome.Misses(List.copyOf(obstacles));
  }

  /** Groups at the top, if changes can be added to all they show. */
  private Optional<Outcome> addedUp(Operator plan, List<ColumnFacts> outputs) throws SQLException {
    if (!hasTypesOf(plan, outputs)) {
      return Optional.empty();
    }
    Optional<Outcome> all = groups(plan, outputs).filter(DifferentialForm::addsUp);
    return all.isPresent() ? all : someGroups(plan, outputs);
  }

  /** CASE and set operations lose modifiers, such as the length of char(2). */
  private static boolean hasTypesOf(Operator plan, List<ColumnFacts> outputs) {
    return IntStream.range(0, outputs.size())
        .allMatch(index -> plan.columns().get(index).type().equals(outputs.get(index).type()));
  }

  /** Groups at the top, as sums; empty where there are none. */
  private Optional<Outcome> groups(Operator plan, List<ColumnFacts> outputs) throws SQLException {
    List<Project> above = new ArrayList<>();
    Operator inner = plan;
    while (inner instanceof Project project) {
      above.add(project);
      inner = project.input();
    }
    Optional<GroupBy> group = asGroups(inner);
    if (group.isEmpty()
        || asksQuery(inner)
        || above.stream().anyMatch(DifferentialForm::asksQuery)
        || RuleCoverage.isTooLarge(plan)
        || !RuleCoverage.obstacles(group.get().input()).isEmpty()) {
      return Optional.empty();
    }
    Optional<List<Project.ComputedColumn>> items =
        ComposedItems.of(passed(group.get().columns()), above);
    if (items.isEmpty()) {
      return Optional.empty();
    }
    GroupForm form =
        new GroupForm(
            types,
            FlatPlan.of(group.get().input()),
            group.get(),
            items.get(),
            outputs.stream().map(ColumnFacts::name).toList());
    return Optional.of(
        form.obstacles().isEmpty()
            ? new Outcome.Fits(named(form.root(), outputs))
            : new Outcome.Misses(form.obstacles()));
  }

  /**
   * Groups that pass a condition, as sums; empty where there are none. What least and greatest
   * values need is there for groups at the top only.
   */
  private Optional<Outcome> someGroups(Operator plan, List<ColumnFacts> outputs)
      throws SQLException {
    Optional<GroupBy> filtered = filtered(plan);
    if (filtered.isEmpty() || RuleCoverage.isTooLarge(plan)) {
      return Optional.empty();
    }
    Optional<Operator> moved = KeyConditions.below(plan, filtered.get());
    if (moved.isEmpty()) {
      return Optional.empty();
    }
    Optional<GroupBy> group = filtered(moved.get());
    if (group.isEmpty()) {
      return groups(moved.get(), outputs).filter(DifferentialForm::addsUp);
    }
    if (mode == RefreshMode.FULL || !RuleCoverage.obstacles(group.get().input()).isEmpty()) {
      return Optional.empty();
    }
    List<Column> columns = group.get().columns();
    GroupForm form =
        new GroupForm(
            types,
            FlatPlan.of(group.get().input()),
            group.get(),
            passed(columns),
            columns.stream().map(Column::name).toList());
    if (!form.obstacles().isEmpty()) {
      return Optional.empty();
    }
    Project sums = form.root();
    return sums.input() instanceof Aggregate aggregate && !aggregate.keepsExtremes()
        ? Optional.of(new Outcome.Fits(output(FlatPlan.of(over(moved.get(), sums)), outputs)))
        : Optional.empty();
  }

  private static boolean addsUp(Outcome outcome) {
    return outcome instanceof Outcome.Fits fits
        && fits.root().input() instanceof Aggregate aggregate
        && !aggregate.keepsExtremes();
  }

  /** The groups under projections and at least one condition, none of which asks a query. */
  private static Optional<GroupBy> filtered(Operator plan) {
    Operator inner = plan;
    boolean filtered = false;
    while (inner instanceof Project || inner instanceof Filter) {
      if (asksQuery(inner)) {
        return Optional.empty();
      }
      filtered = filtered || inner instanceof Filter;
      inner = inner.inputs().getFirst();
    }
    return filtered && inner instanceof GroupBy group && !asksQuery(group)
        ? Optional.of(group)
        : Optional.empty();
  }

  private static boolean asksQuery(Operator operator) {
    return operator.scalars().stream().anyMatch(Scalar::hasQuery);
  }

  /** The same projections and conditions over other rows with the same columns. */
  private static Operator over(Operator plan, Operator rows) {
    return plan instanceof GroupBy
        ? rows
        : plan.withInputs(List.of(over(plan.inputs().getFirst(), rows)));
  }

  /** Rows that are told apart by all their columns are groups without aggregates. */
  private static Optional<GroupBy> asGroups(Operator operator) {
    return switch (operator) {
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

  private static Optional<GroupBy> grouped(Operator rows, List<Column> columns) {
    boolean alike =
        !columns.isEmpty()
            && columns.stream().allMatch(column -> ColumnFidelity.of(column) == Fidelity.VALUE);
    List<GroupingElement> keys =
        IntStream.range(0, columns.size())
            .<GroupingElement>mapToObj(GroupingElement.Key::new)
            .toList();
    return alike
        ? Optional.of(
            new GroupBy(
                rows, new GroupingClause(Duplicates.KEPT, keys), passed(columns), List.of()))
        : Optional.empty();
  }

  private static Project output(Operator rows, List<ColumnFacts> outputs) {
    return rows instanceof Project project
        ? named(project, outputs)
        : named(new Project(rows, passed(rows.columns())), outputs);
  }

  /** Names and types of the outputs are PostgreSQL's own. */
  private static Project named(Project project, List<ColumnFacts> outputs) {
    List<Project.ComputedColumn> computed = new ArrayList<>();
    for (int index = 0; index < project.computed().size(); index++) {
      Project.ComputedColumn column = project.computed().get(index);
      ColumnFacts output = outputs.get(index);
      Nullability nullability =
          column.scalar().asColumn().isPresent()
              ? column.column().nullability()
              : Nullability.NULLABLE;
      computed.add(
          new Project.ComputedColumn(
              new Column(column.column().id(), output.name(), output.type(), nullability),
              column.scalar()));
    }
    return new Project(project.input(), List.copyOf(computed));
  }

  private static List<Project.ComputedColumn> passed(List<Column> columns) {
    return columns.stream()
        .map(column -> new Project.ComputedColumn(column, Scalar.of(column.id())))
        .toList();
  }
}
