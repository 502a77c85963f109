package dev.pgtrickle.engine.algebra.property;

import dev.pgtrickle.engine.algebra.ColumnId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What tells the rows of an operator apart.
 *
 * @param keys sets of columns in which no two rows agree; the empty one = there is at most one row
 */
public record Uniqueness(List<Set<ColumnId>> keys, FunctionalDependencies dependencies) {
  private static final int MOST_KEYS = 16;

  static Uniqueness nothing() {
    return new Uniqueness(List.of(), FunctionalDependencies.none());
  }

  /** Keys made as small as the dependencies allow; of two keys the smaller one is kept. */
  static Uniqueness of(List<Set<ColumnId>> keys, FunctionalDependencies dependencies) {
    List<Set<ColumnId>> kept = new ArrayList<>();
    for (Set<ColumnId> key : keys) {
      Set<ColumnId> small = minimal(key, dependencies);
      if (kept.stream().noneMatch(small::containsAll)) {
        kept.removeIf(larger -> larger.containsAll(small));
        if (kept.size() < MOST_KEYS) {
          kept.add(small);
        }
      }
    }
    return new Uniqueness(List.copyOf(kept), dependencies);
  }

  private static Set<ColumnId> minimal(Set<ColumnId> key, FunctionalDependencies dependencies) {
    Set<ColumnId> small = new LinkedHashSet<>(key);
    for (ColumnId column : key) {
      small.remove(column);
      if (!dependencies.closure(small).containsAll(key)) {
        small.add(column);
      }
    }
    return small;
  }

  /** Each key determines all columns. */
  Uniqueness determining(Set<ColumnId> columns) {
    List<FunctionalDependencies.Dependency> more = new ArrayList<>();
    keys.forEach(key -> more.add(new FunctionalDependencies.Dependency(key, columns)));
    return new Uniqueness(keys, dependencies.with(more));
  }

  /** What is left of it when only some columns are. */
  Uniqueness restrictedTo(Set<ColumnId> visible) {
    List<Set<ColumnId>> kept = new ArrayList<>();
    for (Set<ColumnId> key : keys) {
      Set<ColumnId> seen = new LinkedHashSet<>();
      key.forEach(column -> dependencies.visibleFor(column, visible).ifPresent(seen::add));
      if (dependencies.closure(seen).containsAll(key)) {
        kept.add(seen);
      }
    }
    return of(kept, dependencies.restrictedTo(visible));
  }
}
