package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.algebra.Aggregate;
import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.CommonTableScan;
import dev.pgtrickle.engine.algebra.ConstantRow;
import dev.pgtrickle.engine.algebra.Distinct;
import dev.pgtrickle.engine.algebra.DistinctOn;
import dev.pgtrickle.engine.algebra.Duplicates;
import dev.pgtrickle.engine.algebra.Filter;
import dev.pgtrickle.engine.algebra.FreeColumns;
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
import dev.pgtrickle.engine.algebra.TemporalFilter;
import dev.pgtrickle.engine.algebra.TopRows;
import dev.pgtrickle.engine.algebra.Values;
import dev.pgtrickle.engine.algebra.WholeRow;
import dev.pgtrickle.engine.algebra.Window;
import dev.pgtrickle.engine.algebra.With;
import dev.pgtrickle.engine.algebra.rewrite.GroupingSetExpansion;
import dev.pgtrickle.engine.relations.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which plans the delta rules of this version follow. What does not fit is named, so that status
 * can say why a query is computed again.
 */
final class RuleCoverage {
  /** The statements of a plan grow with its operators, and somebody has to read them. */
  private static final int MOST_OPERATORS = 100;

  private final List<Obstacle> obstacles = new ArrayList<>();

  private RuleCoverage() {}

  /** What stands in the way, the outermost first; empty = every operator has a rule. */
  static List<Obstacle> obstacles(Operator plan) {
    RuleCoverage coverage = new RuleCoverage();
    coverage.visit(plan);
    if (isTooLarge(plan)) {
      coverage.add(
          Obstacle.of("a query of more than " + MOST_OPERATORS + " operators", "split the query"));
    }
    return List.copyOf(coverage.obstacles);
  }

  /** Whether a plan has more operators than anybody could follow. */
  static boolean isTooLarge(Operator plan) {
    return count(plan, MOST_OPERATORS) > MOST_OPERATORS;
  }

  private static int count(Operator operator, int most) {
    int count = 1;
    for (Operator input : operator.inputs()) {
      if (count > most) {
        return count;
      }
      count += count(input, most - count);
    }
    return count;
  }

  private void visit(Operator operator) {
    if (operator.scalars().stream().anyMatch(scalar -> scalar.hasQuery())) {
      add(Obstacle.of("a sub-query in an expression", Obstacle.IN_CONSUMER));
    }
    own(operator).ifPresent(this::add);
    operator.inputs().forEach(this::visit);
    if (operator instanceof GroupBy group && group.grouping().elements().isEmpty()) {
      // The last to be named: what stands in it says more.
      add(
          Obstacle.of(
              "an aggregate over all rows that changes cannot be added to",
              "use count, sum or avg over exact numbers alone, or group by something"));
    }
  }

  private void add(Obstacle obstacle) {
    if (!obstacles.contains(obstacle)) {
      obstacles.add(obstacle);
    }
  }

  private static Optional<Obstacle> own(Operator operator) {
    return switch (operator) {
      case Scan scan -> scan(scan);
      case Project _, Filter _, ProjectSet _, ConstantRow _, Values _, FunctionScan _ ->
          Optional.empty();
      case Join join -> join(join);
      case SemiJoin join ->
          FreeColumns.of(join.right()).isEmpty()
              ? Optional.empty()
              : obstacle(
                  "a correlated sub-query below an operator", Obstacle.IN_CONSUMER, "EXISTS");
      case Distinct distinct -> compared("SELECT DISTINCT", distinct.columns());
      case SetOperation operation -> set(operation);
      case GroupBy group -> group(group);
      case NullAwareAntiJoin join -> notIn(join);
      case Window _ -> obstacle("a window function", Obstacle.IN_CONSUMER, "OVER");
      case DistinctOn _ -> obstacle("DISTINCT ON", Obstacle.IN_CONSUMER, "DISTINCT");
      case TopRows rows ->
          rows.limits()
              ? obstacle("LIMIT or OFFSET", Obstacle.IN_CONSUMER, "LIMIT", "OFFSET", "FETCH")
              : Optional.empty();
      case With with -> with(with);
      // Its WITH says why it is still there.
      case CommonTableScan _ -> Optional.empty();
      case WholeRow _ -> obstacle("a whole row as a value", "name the columns");
      case TemporalFilter _ -> obstacle("a comparison with the clock", Obstacle.IN_CONSUMER, "now");
      case Aggregate _ -> obstacle(operator.title(), Obstacle.IN_CONSUMER);
    };
  }

  private static Optional<Obstacle> with(With with) {
    return with.tables().stream().anyMatch(table -> table.recursion() == With.Recursion.RECURSIVE)
        ? obstacle("WITH RECURSIVE", Obstacle.IN_CONSUMER, "RECURSIVE")
        : obstacle("WITH beside a sub-query in an expression", Obstacle.IN_CONSUMER, "WITH");
  }

  private static Optional<Obstacle> scan(Scan scan) {
    if (scan.sample().isPresent()) {
      return obstacle("TABLESAMPLE", "read the whole table", "TABLESAMPLE");
    }
    return scan.scanned().stream().anyMatch(column -> column.attributeNumber() < 0)
        ? obstacle("a system column, such as ctid or xmin,", "use columns of the table")
        : Optional.empty();
  }

  private static Optional<Obstacle> join(Join join) {
    if (FreeColumns.of(join.right()).isEmpty()) {
      return Optional.empty();
    }
    boolean linear =
        join.right() instanceof FunctionScan
            && !join.kind().extendsLeft()
            && ids(join.left()).containsAll(FreeColumns.of(join.right()));
    return linear
        ? Optional.empty()
        : obstacle("a sub-query for each row", Obstacle.IN_CONSUMER, "LATERAL");
  }

  private static Set<ColumnId> ids(Operator operator) {
    return operator.columns().stream().map(Column::id).collect(Collectors.toSet());
  }

  private static Optional<Obstacle> notIn(NullAwareAntiJoin join) {
    boolean plain =
        join.right().columns().size() == 1
            && FreeColumns.of(join.right()).isEmpty()
            && isComparable(join.right().columns().getFirst().type())
            && isBuiltIn(join.right().columns().getFirst().type())
            // A name with a schema: something that PostgreSQL's own "=" may not be for.
            && !join.probe().render(_ -> "").contains(".");
    return plain
        ? Optional.empty()
        : obstacle("NOT IN with a sub-query over more than one column", "use NOT EXISTS", "IN");
  }

  private static Optional<Obstacle> set(SetOperation operation) {
    boolean bag =
        operation.kind() == SetOperation.Kind.UNION && operation.duplicates() == Duplicates.KEPT;
    if (bag) {
      return Optional.empty();
    }
    List<Column> columns = new ArrayList<>(operation.columns());
    columns.addAll(operation.left().columns());
    columns.addAll(operation.right().columns());
    return columns.isEmpty()
        ? obstacle("a set operation without columns", "put a column out", "EXCEPT", "INTERSECT")
        : compared("a set operation", columns);
  }

  /** Why groups by several groupings at once are not followed as one. */
  static Obstacle severalGroupings(GroupBy group) {
    return Obstacle.of(
        GroupingSetExpansion.hasDomains(group)
            ? "GROUPING SETS, ROLLUP or CUBE over a domain, which need not allow NULL"
            : "GROUPING SETS, ROLLUP or CUBE",
        "make one stream table for each set",
        "ROLLUP",
        "CUBE",
        "GROUPING");
  }

  private static Optional<Obstacle> group(GroupBy group) {
    if (!group.grouping().isPlain()) {
      return Optional.of(severalGroupings(group));
    }
    return compared("GROUP BY", group.keys().stream().map(key -> key.column()).toList());
  }

  /** Groups are looked up by {@code =}, which has to be the one that made them. */
  private static Optional<Obstacle> compared(String construct, List<Column> columns) {
    return columns.stream()
        .map(Column::type)
        .filter(type -> !isComparable(type))
        .findFirst()
        .map(type ->
            Obstacle.of(
                construct + " over type " + type.text() + ", whose equality is not built in,",
                "use a type of PostgreSQL itself, for example its text"));
  }

  private static boolean isComparable(ColumnType type) {
    boolean builtIn = isBuiltIn(type);
    return switch (type.equality()) {
      case IDENTITY -> builtIn || !type.facts().definitions().isEmpty();
      case COARSER -> builtIn;
      case NONE -> false;
    };
  }

  private static boolean isBuiltIn(ColumnType type) {
    return !type.text().contains(".");
  }

  private static Optional<Obstacle> obstacle(String what, String remedy, String... words) {
    return Optional.of(Obstacle.of(what, remedy, words));
  }
}
