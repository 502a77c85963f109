package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.algebra.Aggregate;
import dev.pgtrickle.engine.algebra.CommonTableScan;
import dev.pgtrickle.engine.algebra.ConstantRow;
import dev.pgtrickle.engine.algebra.Distinct;
import dev.pgtrickle.engine.algebra.DistinctOn;
import dev.pgtrickle.engine.algebra.Filter;
import dev.pgtrickle.engine.algebra.FunctionScan;
import dev.pgtrickle.engine.algebra.GroupBy;
import dev.pgtrickle.engine.algebra.Join;
import dev.pgtrickle.engine.algebra.NullAwareAntiJoin;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.ProjectSet;
import dev.pgtrickle.engine.algebra.Scan;
import dev.pgtrickle.engine.algebra.SemiJoin;
import dev.pgtrickle.engine.algebra.SetOperation;
import dev.pgtrickle.engine.algebra.StreamTableScan;
import dev.pgtrickle.engine.algebra.TemporalFilter;
import dev.pgtrickle.engine.algebra.TopRows;
import dev.pgtrickle.engine.algebra.Values;
import dev.pgtrickle.engine.algebra.WholeRow;
import dev.pgtrickle.engine.algebra.Window;
import dev.pgtrickle.engine.algebra.With;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plan as far as the delta rules of this version go: one table, filtered, projected, grouped
 * once. What does not fit is named. An order that limits nothing is left out: a table has none.
 */
final class LinearChain {
  private final List<Operator> aboveGroups = new ArrayList<>();
  private final List<Operator> aboveTable = new ArrayList<>();
  private final List<Obstacle> obstacles = new ArrayList<>();
  private @Nullable GroupBy group;
  private @Nullable Scan scan;

  static LinearChain of(Operator plan) {
    LinearChain chain = new LinearChain();
    chain.walk(plan);
    return chain;
  }

  /** What does not fit, the outermost first. */
  List<Obstacle> obstacles() {
    return obstacles;
  }

  /** Projections above the groups, the outermost first. */
  List<Operator> aboveGroups() {
    return aboveGroups;
  }

  /** Projections and filters between table and groups, the outermost first. */
  List<Operator> aboveTable() {
    return aboveTable;
  }

  @Nullable GroupBy group() {
    return group;
  }

  /** Only where there is no obstacle. */
  Scan scan() {
    if (scan == null) {
      throw new IllegalStateException("the chain does not end in a table");
    }
    return scan;
  }

  private void walk(Operator operator) {
    if (operator.scalars().stream().anyMatch(scalar -> scalar.hasQuery())) {
      add(Obstacle.of("a sub-query in an expression", Obstacle.IN_CONSUMER));
    }
    switch (operator) {
      case Scan table -> table(table);
      case Project project -> aboveTable.add(project);
      case Filter filter -> aboveTable.add(filter);
      case GroupBy groupBy -> group(groupBy);
      case TopRows rows -> {
        if (rows.limits()) {
          add(obstacle(rows));
        }
      }
      case Join _,
          SemiJoin _,
          NullAwareAntiJoin _,
          TemporalFilter _,
          StreamTableScan _,
          ConstantRow _,
          Values _,
          FunctionScan _,
          CommonTableScan _,
          ProjectSet _,
          WholeRow _,
          Aggregate _,
          Window _,
          Distinct _,
          DistinctOn _,
          SetOperation _,
          With _ ->
          add(obstacle(operator));
    }
    operator.inputs().forEach(this::walk);
  }

  private void table(Scan table) {
    scan = table;
    if (table.sample().isPresent()) {
      add(Obstacle.of("TABLESAMPLE", "read the whole table", "TABLESAMPLE"));
    }
    if (table.scanned().stream().anyMatch(column -> column.attributeNumber() < 0)) {
      add(Obstacle.of("a system column, such as ctid or xmin,", "use columns of the table"));
    }
  }

  private void group(GroupBy groupBy) {
    if (group != null) {
      add(Obstacle.of("an aggregate over groups", Obstacle.IN_CONSUMER));
      return;
    }
    if (aboveTable.stream().anyMatch(Filter.class::isInstance)) {
      add(Obstacle.of("HAVING, a condition on groups,", Obstacle.IN_CONSUMER, "HAVING"));
    }
    group = groupBy;
    aboveGroups.addAll(aboveTable);
    aboveTable.clear();
  }

  private void add(Obstacle obstacle) {
    if (!obstacles.contains(obstacle)) {
      obstacles.add(obstacle);
    }
  }

  private static Obstacle obstacle(Operator operator) {
    return switch (operator) {
      case Join join -> joined(join);
      case SemiJoin _ -> Obstacle.of("a sub-query in a condition", Obstacle.IN_CONSUMER, "EXISTS");
      case NullAwareAntiJoin _ -> Obstacle.of("NOT IN with a sub-query", "use NOT EXISTS", "IN");
      case Window _ -> Obstacle.of("a window function", Obstacle.IN_CONSUMER, "OVER");
      case Distinct _ ->
          Obstacle.of("SELECT DISTINCT", "use GROUP BY over the same expressions", "DISTINCT");
      case DistinctOn _ -> Obstacle.of("DISTINCT ON", Obstacle.IN_CONSUMER, "DISTINCT");
      case TopRows _ ->
          Obstacle.of("LIMIT or OFFSET", Obstacle.IN_CONSUMER, "LIMIT", "OFFSET", "FETCH");
      case SetOperation _ ->
          Obstacle.of(
              "a set operation",
              "make one stream table of each side",
              "UNION",
              "INTERSECT",
              "EXCEPT");
      case With _ -> Obstacle.of("WITH", "write the query over one table without it", "WITH");
      case Values _ -> Obstacle.of("VALUES", "keep the rows in a table", "VALUES");
      case FunctionScan _ -> Obstacle.of("a function in FROM", Obstacle.IN_CONSUMER);
      case ProjectSet _ ->
          Obstacle.of("a set-returning function in the SELECT list", Obstacle.IN_CONSUMER);
      case WholeRow _ -> Obstacle.of("a whole row as a value", "name the columns");
      case TemporalFilter _ ->
          Obstacle.of("a comparison with the clock", Obstacle.IN_CONSUMER, "now");
      case CommonTableScan _ -> Obstacle.of("WITH", "write the query over one table", "WITH");
      default -> Obstacle.of(operator.title(), Obstacle.IN_CONSUMER);
    };
  }

  private static Obstacle joined(Join join) {
    if (addsColumns(join)) {
      return Obstacle.of("a sub-query that adds columns to each row", Obstacle.IN_CONSUMER);
    }
    String kind =
        switch (join.kind()) {
          case INNER -> "a join";
          case LEFT, RIGHT -> "an outer join";
          case FULL -> "a full join";
        };
    return Obstacle.of(kind, "write the query over one table", "JOIN");
  }

  /** So look queries in expressions, once they have become joins. */
  private static boolean addsColumns(Join join) {
    return join.condition().isEmpty()
        && switch (join.kind()) {
          case LEFT -> true;
          case INNER -> isOneRow(join.right());
          case RIGHT, FULL -> false;
        };
  }

  private static boolean isOneRow(Operator operator) {
    return switch (operator) {
      case Project project -> isOneRow(project.input());
      case GroupBy groupBy -> groupBy.grouping().elements().isEmpty();
      default -> false;
    };
  }
}
