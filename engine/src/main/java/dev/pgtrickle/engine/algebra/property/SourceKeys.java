package dev.pgtrickle.engine.algebra.property;

import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.FunctionScan;
import dev.pgtrickle.engine.algebra.Scan;
import dev.pgtrickle.engine.relations.UniqueKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The keys of what a plan reads. */
final class SourceKeys {

  Uniqueness scan(Scan scan) {
    List<Set<ColumnId>> keys = new ArrayList<>();
    for (UniqueKey key : scan.relation().keysWithoutNull()) {
      Set<ColumnId> columns =
          scan.scanned().stream()
              .filter(column -> key.attributeNumbers().contains(column.attributeNumber()))
              .map(column -> column.column().id())
              .collect(Collectors.toCollection(LinkedHashSet::new));
      if (columns.size() == key.attributeNumbers().size()) {
        keys.add(columns);
      }
    }
    Set<ColumnId> all =
        scan.columns().stream().map(column -> column.id()).collect(Collectors.toSet());
    return Uniqueness.of(keys, FunctionalDependencies.none()).determining(all);
  }

  /** A number of a row is a key, as long as the arguments are the same. */
  Uniqueness function(FunctionScan function) {
    if (function.ordinality() == FunctionScan.Ordinality.NONE) {
      return Uniqueness.nothing();
    }
    ColumnId number = function.columns().getLast().id();
    Set<ColumnId> all =
        function.columns().stream().map(column -> column.id()).collect(Collectors.toSet());
    return Uniqueness.of(List.of(Set.of(number)), FunctionalDependencies.none()).determining(all);
  }
}
