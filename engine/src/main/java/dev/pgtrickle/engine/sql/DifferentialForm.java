package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.algebra.Aggregate;
import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.GroupBy;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.property.IndexReach;
import dev.pgtrickle.engine.algebra.property.KnownValues;
import dev.pgtrickle.engine.algebra.rewrite.ValueLevels;
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
 * those of which only some are shown (HAVING). Rows are whatever {@link RuleCoverage} knows; in the
 * first they may be such groups themselves (groups of groups, DISTINCT in an aggregate).
 */
final class DifferentialForm {
  private final TypeProbe types;
  private final LowerGroups lower;
  private final RefreshMode mode;

  /**
   * @param mode what was asked for: where nobody follows changes, state beside the result is of no
   *     use
   */
  DifferentialForm(TypeProbe types, RefreshMode mode) {
    this.types = types;
    this.lower = new LowerGroups(types);
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
    Optional<Outcome> nested = ofGroups(plan, outputs);
    if (nested.isPresent()) {
      return nested.get();
    }
    Optional<Outcome> levels = inTwoLevels(plans, plan, outputs);
    if (levels.isPresent()) {
      return levels.get();
    }
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
    PlanTop top = PlanTop.of(plan);
    Optional<GroupBy> group = top.groups();
    return group.isEmpty()
            || RuleCoverage.isTooLarge(plan)
            || !RuleCoverage.obstacles(group.get().input()).isEmpty()
        ? Optional.empty()
        : groups(group.get(), FlatPlan.of(group.get().input()), top.above(), outputs);
  }

  /** Groups over rows that the rules follow. */
  private Optional<Outcome> groups(
      GroupBy group, Operator rows, List<Project> above, List<ColumnFacts> outputs)
      throws SQLException {
    Optional<List<Project.ComputedColumn>> items = ComposedItems.of(passed(group.columns()), above);
    if (items.isEmpty()) {
      return Optional.empty();
    }
    GroupForm form =
        new GroupForm(
            types, rows, group, items.get(), outputs.stream().map(ColumnFacts::name).toList());
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
    Optional<GroupBy> filtered = PlanTop.filteredGroups(plan);
    if (filtered.isEmpty() || RuleCoverage.isTooLarge(plan)) {
      return Optional.empty();
    }
    Optional<Operator> moved = KeyConditions.below(plan, filtered.get());
    if (moved.isEmpty()) {
      return Optional.empty();
    }
    Optional<GroupBy> group = PlanTop.filteredGroups(moved.get());
    if (group.isEmpty()) {
      return groups(moved.get(), outputs).filter(DifferentialForm::addsUp);
    }
    if (mode == RefreshMode.FULL || !RuleCoverage.obstacles(group.get().input()).isEmpty()) {
      return Optional.empty();
    }
    Operator shown = moved.get();
    return lower
        .sums(group.get())
        .map(sums -> new Outcome.Fits(output(FlatPlan.of(PlanTop.over(shown, sums)), outputs)));
  }

  /**
   * Groups at the top that look at values, over groups of which each is one value: the state of
   * those is kept beside the result. Where an index leads to the rows of a group, that is not worth
   * it for a least or greatest value.
   */
  private Optional<Outcome> inTwoLevels(
      MaintainablePlan plans, Operator plan, List<ColumnFacts> outputs) throws SQLException {
    boolean worth =
        PlanTop.of(plan)
            .groups()
            .filter(group ->
                ValueLevels.haveDistinct(group)
                    || !IndexReach.leadsToExtremes(group, ValueLevels.extremes(group)))
            .isPresent();
    if (mode == RefreshMode.FULL || RuleCoverage.isTooLarge(plan) || !worth) {
      return Optional.empty();
    }
    Optional<Operator> levels = plans.inTwoLevels(plan).filter(found -> hasTypesOf(found, outputs));
    if (levels.isEmpty()) {
      return Optional.empty();
    }
    PlanTop top = PlanTop.of(levels.get());
    if (!(top.rows() instanceof GroupBy outer)
        || !(outer.input() instanceof GroupBy inner)
        || !RuleCoverage.obstacles(inner.input()).isEmpty()) {
      return Optional.empty();
    }
    Optional<Project> sums = lower.sums(inner);
    return sums.isEmpty()
        ? Optional.empty()
        : groups(outer, sums.get(), top.above(), outputs).filter(DifferentialForm::followsFromKept);
  }

  /** Groups at the top of what groups below them show: the state of those is kept as well. */
  private Optional<Outcome> ofGroups(Operator plan, List<ColumnFacts> outputs) throws SQLException {
    PlanTop top = PlanTop.of(plan);
    Optional<GroupBy> outer = top.groups();
    if (mode == RefreshMode.FULL || RuleCoverage.isTooLarge(plan) || outer.isEmpty()) {
      return Optional.empty();
    }
    Optional<Operator> shown = lower.shown(outer.get().input());
    return shown.isEmpty()
        ? Optional.empty()
        : groups(outer.get(), shown.get(), top.above(), outputs)
            .filter(DifferentialForm::followsFromKept);
  }

  private static boolean addsUp(Outcome outcome) {
    return outcome instanceof Outcome.Fits fits
        && fits.root().input() instanceof Aggregate aggregate
        && !aggregate.keepsExtremes();
  }

  /** What the top shows follows from what is kept: it adds up, or the next value is known. */
  private static boolean followsFromKept(Outcome outcome) {
    return addsUp(outcome)
        || (outcome instanceof Outcome.Fits fits
            && fits.root().input() instanceof Aggregate aggregate
            && KnownValues.of(aggregate).isPresent());
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
