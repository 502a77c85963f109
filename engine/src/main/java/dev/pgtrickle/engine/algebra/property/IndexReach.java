package dev.pgtrickle.engine.algebra.property;

import dev.pgtrickle.engine.algebra.Aggregate;
import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.Distinct;
import dev.pgtrickle.engine.algebra.Filter;
import dev.pgtrickle.engine.algebra.GroupBy;
import dev.pgtrickle.engine.algebra.Join;
import dev.pgtrickle.engine.algebra.NullAwareAntiJoin;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.Scan;
import dev.pgtrickle.engine.algebra.SemiJoin;
import dev.pgtrickle.engine.algebra.SetOperation;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the rows of an operator that have some key are found by an index, so that asking for them
 * key by key costs what they are. PostgreSQL moves a comparison down to a table through what groups
 * by it; the result of an aggregate is known only when all rows are. Where no index leads, asking
 * once for all keys is cheaper than reading a table for each.
 */
public final class IndexReach {

  private IndexReach() {}

  /** Whether one of the keys is enough to find rows by an index. */
  public static boolean leads(Operator operator, List<Scalar> keys) {
    return keys.stream()
        .flatMap(key -> key.bare().asColumn().stream())
        .anyMatch(key -> leads(operator, key));
  }

  /**
   * Whether an index finds the rows of a group that may have its next least or greatest value; of
   * all rows, the first or the last.
   *
   * @param values of which the least or greatest is asked for
   */
  public static boolean leadsToExtremes(GroupBy group, List<Scalar> values) {
    return group.keys().isEmpty()
        ? values.stream().allMatch(value -> isOrdered(group.input(), value))
        : leads(group.input(), group.keys().stream().map(Project.ComputedColumn::scalar).toList());
  }

  private static boolean isOrdered(Operator operator, Scalar value) {
    return value.bare().asColumn().filter(column -> isOrdered(operator, column)).isPresent();
  }

  /** Only a table as it is: past a condition, the first row may be far. */
  private static boolean isOrdered(Operator operator, ColumnId value) {
    return switch (operator) {
      case Scan scan -> isAmong(scan.relation().ordered(), scan, value);
      case Project project ->
          passed(project.computed(), value)
              .filter(inner -> isOrdered(project.input(), inner))
              .isPresent();
      default -> false;
    };
  }

  private static boolean leads(Operator operator, ColumnId key) {
    return switch (operator) {
      case Scan scan -> isAmong(scan.relation().indexed(), scan, key);
      case Filter filter -> leads(filter.input(), key);
      case Distinct distinct -> leads(distinct.input(), key);
      case SemiJoin join -> leads(join.left(), key);
      case NullAwareAntiJoin join -> leads(join.left(), key);
      case Project project ->
          passed(project.computed(), key)
              .filter(inner -> leads(project.input(), inner))
              .isPresent();
      case GroupBy group ->
          passed(group.keys(), key).filter(inner -> leads(group.input(), inner)).isPresent();
      case Aggregate aggregate ->
          aggregate.keys().stream().anyMatch(column -> column.id().equals(key))
              && leads(aggregate.input(), key);
      case Join join -> leads(join, key);
      case SetOperation operation ->
          leads(operation, operation.left(), key) && leads(operation, operation.right(), key);
      default -> false;
    };
  }

  private static boolean isAmong(Set<Integer> attributeNumbers, Scan scan, ColumnId key) {
    return scan.scanned().stream()
        .filter(column -> column.column().id().equals(key))
        .anyMatch(column -> attributeNumbers.contains(column.attributeNumber()));
  }

  private static Optional<ColumnId> passed(List<Project.ComputedColumn> computed, ColumnId key) {
    return computed.stream()
        .filter(column -> column.column().id().equals(key))
        .findFirst()
        .flatMap(column -> column.scalar().bare().asColumn());
  }

  /** A comparison with a column of the side that can be missing is made after the join. */
  private static boolean leads(Join join, ColumnId key) {
    return (!join.kind().extendsLeft() && leads(join.left(), key))
        || (!join.kind().extendsRight() && leads(join.right(), key));
  }

  private static boolean leads(SetOperation operation, Operator side, ColumnId key) {
    Optional<ColumnId> inPlace = Optional.empty();
    for (int index = 0; index < operation.columns().size(); index++) {
      if (operation.columns().get(index).id().equals(key)) {
        inPlace = Optional.of(side.columns().get(index).id());
      }
    }
    return inPlace.filter(inner -> leads(side, inner)).isPresent();
  }
}
