package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.Filter;
import dev.pgtrickle.engine.algebra.GroupBy;
import dev.pgtrickle.engine.algebra.NameAllocator;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.relations.ColumnFacts;
import dev.pgtrickle.engine.relations.Nullability;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Brings a plan into the form that the delta rules of this version follow, where it has one:
 *
 * <pre>
 * Project(outputs, [Aggregate(keys, counts and sums, Project(keys, arguments,] [Filter(] table [)] [))])
 * </pre>
 */
final class DifferentialForm {
  private final TypeProbe types;

  DifferentialForm(TypeProbe types) {
    this.types = types;
  }

  /** The form, or what stands in its way. */
  sealed interface Outcome {
    record Fits(Project root) implements Outcome {}

    record Misses(List<Obstacle> obstacles) implements Outcome {}
  }

  Outcome of(Operator typed, List<ColumnFacts> outputs) throws SQLException {
    LinearChain chain = LinearChain.of(typed);
    if (!chain.obstacles().isEmpty()) {
      return new Outcome.Misses(List.copyOf(chain.obstacles()));
    }
    Operator rows = rows(chain.scan(), chain.aboveTable());
    GroupBy group = chain.group();
    if (group == null) {
      return new Outcome.Fits(output(rows, outputs));
    }
    Optional<List<Project.ComputedColumn>> items = items(chain.aboveGroups(), group);
    if (items.isEmpty()) {
      return new Outcome.Misses(
          List.of(Obstacle.of("a query over groups in FROM", Obstacle.IN_CONSUMER)));
    }
    GroupForm groups = new GroupForm(types, rows, group, items.get(), outputs);
    List<Obstacle> obstacles = groups.obstacles();
    return obstacles.isEmpty()
        ? new Outcome.Fits(named(groups.root(), outputs))
        : new Outcome.Misses(obstacles);
  }

  /** Everything between the table and what is above it, the innermost first. */
  private static Operator rows(Operator table, List<Operator> above) {
    Operator rows = table;
    for (Operator operator : above.reversed()) {
      rows =
          switch (operator) {
            case Filter filter -> new Filter(rows, FlatScalar.of(filter.predicate()));
            case Project project -> projected(rows, project.computed());
            default -> throw new IllegalStateException("not of the chain: " + operator.title());
          };
    }
    return rows;
  }

  private static Project projected(Operator rows, List<Project.ComputedColumn> computed) {
    NameAllocator names = new NameAllocator();
    return new Project(
        rows,
        computed.stream()
            .map(column -> {
              Column given = column.column();
              return new Project.ComputedColumn(
                  new Column(
                      given.id(),
                      names.allocate(given.name().name()),
                      given.type(),
                      given.nullability()),
                  FlatScalar.of(column.scalar()));
            })
            .toList());
  }

  private static Project output(Operator rows, List<ColumnFacts> outputs) {
    return rows instanceof Project project
        ? named(project, outputs)
        : named(
            new Project(
                rows,
                rows.columns().stream()
                    .map(column -> new Project.ComputedColumn(column, Scalar.of(column.id())))
                    .toList()),
            outputs);
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

  /** What is put out over groups; empty where more than one level computes something. */
  private static Optional<List<Project.ComputedColumn>> items(List<Operator> above, GroupBy group) {
    List<Project.ComputedColumn> items = identity(group);
    boolean computes = false;
    for (Operator operator : above.reversed()) {
      List<Project.ComputedColumn> next = ((Project) operator).computed();
      boolean plain = next.stream().allMatch(column -> column.scalar().asColumn().isPresent());
      if (!plain && computes) {
        return Optional.empty();
      }
      items = computes ? chosen(next, items) : next;
      computes |= !plain;
    }
    return Optional.of(items);
  }

  private static List<Project.ComputedColumn> identity(GroupBy group) {
    return group.columns().stream()
        .map(column -> new Project.ComputedColumn(column, Scalar.of(column.id())))
        .toList();
  }

  private static List<Project.ComputedColumn> chosen(
      List<Project.ComputedColumn> choice, List<Project.ComputedColumn> from) {
    return choice.stream()
        .map(column ->
            new Project.ComputedColumn(
                column.column(),
                from.stream()
                    .filter(source ->
                        column.scalar().asColumn().filter(source.column().id()::equals).isPresent())
                    .findFirst()
                    .orElseThrow()
                    .scalar()))
        .toList();
  }
}
