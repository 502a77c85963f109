package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.Filter;
import dev.pgtrickle.engine.algebra.GroupBy;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.Scalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Asks conditions on the keys of groups of the rows:
 *
 * <pre>
 * BEFORE  Filter(k = 1 AND s &gt; 5, GroupBy(k, sum(v) AS s, rows))
 * AFTER   Filter(s &gt; 5, GroupBy(k, sum(v) AS s, Filter(k = 1, rows)))
 * </pre>
 *
 * <p>PostgreSQL does so too. Groups that such a condition hides are never computed, and need not be
 * computable. Only for keys whose equal values are the same.
 */
final class KeyConditions {
  private final GroupBy group;
  private final Map<ColumnId, Scalar> keys = new HashMap<>();
  private final List<Scalar> moved = new ArrayList<>();
  private boolean stuck;

  private KeyConditions(GroupBy group) {
    this.group = group;
    group.keys().forEach(key -> keys.put(key.column().id(), key.scalar()));
  }

  /**
   * The plan with all of them moved; empty where one of them cannot be.
   *
   * @param plan projections and conditions over groups of one kind
   */
  static Optional<Operator> below(Operator plan, GroupBy group) {
    if (group.keys().isEmpty() || !group.grouping().isPlain()) {
      // The group of all rows is there even over none, and a total is over rows of all keys.
      return Optional.of(plan);
    }
    KeyConditions conditions = new KeyConditions(group);
    Operator rest = conditions.rest(plan);
    return conditions.stuck ? Optional.empty() : Optional.of(rest);
  }

  /** What stays above the groups. The conditions next to them come last, so all are known there. */
  private Operator rest(Operator operator) {
    return switch (operator) {
      case GroupBy _ ->
          moved.isEmpty()
              ? group
              : group.withInputs(List.of(new Filter(group.input(), Scalar.and(moved))));
      case Filter filter -> {
        List<Scalar> kept = new ArrayList<>();
        for (Scalar conjunct : filter.predicate().conjuncts()) {
          if (!moves(conjunct, filter.input())) {
            kept.add(conjunct);
          }
        }
        Operator input = rest(filter.input());
        yield kept.isEmpty() ? input : new Filter(input, Scalar.and(kept));
      }
      default -> operator.withInputs(List.of(rest(operator.inputs().getFirst())));
    };
  }

  /** Whether it is about keys alone; then it is asked of the rows, or all is given up. */
  private boolean moves(Scalar condition, Operator input) {
    if (!keys.keySet().containsAll(origins(condition.references(), input))) {
      return false;
    }
    Optional<Scalar> composed = Optional.of(condition);
    Operator operator = input;
    while (composed.isPresent() && !(operator instanceof GroupBy)) {
      if (operator instanceof Project project) {
        Map<ColumnId, Scalar> below = new HashMap<>();
        project.computed().forEach(column -> below.put(column.column().id(), column.scalar()));
        composed = ComposedItems.composed(composed.get(), below);
      }
      operator = operator.inputs().getFirst();
    }
    composed = composed.flatMap(scalar -> ComposedItems.composed(scalar, keys));
    composed.ifPresentOrElse(scalar -> moved.add(scalar.parenthesised()), () -> stuck = true);
    return true;
  }

  /** The columns of the groups that columns of an operator are computed from. */
  private static Set<ColumnId> origins(Set<ColumnId> columns, Operator operator) {
    return switch (operator) {
      case Project project -> {
        Set<ColumnId> references = new HashSet<>();
        project.computed().stream()
            .filter(column -> columns.contains(column.column().id()))
            .forEach(column -> references.addAll(column.scalar().references()));
        yield origins(references, project.input());
      }
      case Filter filter -> origins(columns, filter.input());
      default ->
          operator.columns().stream()
              .map(Column::id)
              .filter(columns::contains)
              .collect(Collectors.toSet());
    };
  }
}
