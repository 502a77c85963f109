package dev.pgtrickle.engine.algebra;

import dev.pgtrickle.engine.relations.UniqueKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Property: sets of columns in which no two rows of an operator agree and that are never NULL. */
public final class UniqueKeys {

  /** The keys, the best one first. An aggregate's keys may hold NULL and are not listed. */
  public List<Set<ColumnId>> of(Operator operator) {
    return switch (operator) {
      case Scan scan -> ofScan(scan);
      case Filter filter -> of(filter.input());
      case Project project -> ofProject(project);
      case Aggregate aggregate -> ofAggregate(aggregate);
      case TemporalFilter _,
          ConstantRow _,
          Values _,
          FunctionScan _,
          CommonTableScan _,
          ProjectSet _,
          WholeRow _,
          Join _,
          SemiJoin _,
          NullAwareAntiJoin _,
          GroupBy _,
          Window _,
          Distinct _,
          DistinctOn _,
          TopRows _,
          SetOperation _,
          With _ ->
          List.of();
    };
  }

  private static List<Set<ColumnId>> ofScan(Scan scan) {
    List<Set<ColumnId>> keys = new ArrayList<>();
    for (UniqueKey key : scan.relation().keysWithoutNull()) {
      Set<ColumnId> columns = new LinkedHashSet<>();
      for (int number : key.attributeNumbers()) {
        columnOf(scan, number).ifPresent(columns::add);
      }
      if (columns.size() == key.attributeNumbers().size()) {
        keys.add(columns);
      }
    }
    return keys;
  }

  private static Optional<ColumnId> columnOf(Scan scan, int attributeNumber) {
    return scan.scanned().stream()
        .filter(scanned -> scanned.attributeNumber() == attributeNumber)
        .map(scanned -> scanned.column().id())
        .findFirst();
  }

  private List<Set<ColumnId>> ofProject(Project project) {
    Set<ColumnId> kept = new LinkedHashSet<>();
    for (Column column : project.columns()) {
      kept.add(column.id());
    }
    return of(project.input()).stream().filter(kept::containsAll).toList();
  }

  private static List<Set<ColumnId>> ofAggregate(Aggregate aggregate) {
    Set<ColumnId> notNull = new NotNullColumns().of(aggregate);
    Set<ColumnId> keys = new LinkedHashSet<>();
    for (Column key : aggregate.keys()) {
      keys.add(key.id());
    }
    return notNull.containsAll(keys) ? List.of(keys) : List.of();
  }
}
