package dev.pgtrickle.engine.algebra.property;

import dev.pgtrickle.engine.algebra.Aggregate;
import dev.pgtrickle.engine.algebra.AggregateCall;
import dev.pgtrickle.engine.algebra.AggregateFunction;
import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.relations.Hashing;
import dev.pgtrickle.engine.relations.IndexWidth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Property of groups that show the least or the greatest of some values: groups below them have
 * each of these values, and an index can hold them in their order. So whichever value leaves, the
 * next one is known.
 *
 * @param group the keys of the groups, as those below have them
 * @param value the values, a key of the groups below
 */
public record KnownValues(List<Column> group, Column value) {

  public KnownValues {
    group = List.copyOf(group);
  }

  /** Of groups; empty where there are no such values, or not below. */
  public static Optional<KnownValues> of(Aggregate groups) {
    Operator below = groups.input();
    while (below instanceof Project project) {
      below = project.input();
    }
    return below instanceof Aggregate lower ? of(groups, lower) : Optional.empty();
  }

  private static Optional<KnownValues> of(Aggregate groups, Aggregate lower) {
    List<Optional<Column>> values =
        groups.calls().stream()
            .filter(KnownValues::isExtremum)
            .map(call -> keyOf(groups.input(), call.argument().orElseThrow().id(), lower))
            .distinct()
            .toList();
    List<Column> group = new ArrayList<>();
    for (Column key : groups.keys()) {
      keyOf(groups.input(), key.id(), lower)
          .filter(found -> found.type().facts().hashing() == Hashing.DIRECT)
          .ifPresent(group::add);
    }
    return values.size() == 1 && group.size() == groups.keys().size()
        ? values
            .getFirst()
            .filter(value -> IndexWidth.of(value.type()) == IndexWidth.BOUNDED)
            .map(value -> new KnownValues(group, value))
        : Optional.empty();
  }

  private static boolean isExtremum(AggregateCall call) {
    return call.function() == AggregateFunction.LEAST
        || call.function() == AggregateFunction.GREATEST;
  }

  /** The key of the lower groups that projections pass on as a column. */
  private static Optional<Column> keyOf(Operator rows, ColumnId column, Aggregate lower) {
    return rows instanceof Project project
        ? project.computed().stream()
            .filter(computed -> computed.column().id().equals(column))
            .flatMap(computed -> computed.scalar().bare().asColumn().stream())
            .findFirst()
            .flatMap(passed -> keyOf(project.input(), passed, lower))
        : lower.keys().stream().filter(key -> key.id().equals(column)).findFirst();
  }
}
