package dev.pgtrickle.engine.algebra.property;

import dev.pgtrickle.engine.algebra.ColumnId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which columns determine which others in the rows of an operator: rows that agree in the one agree
 * in the other. Agreeing is by the column's own {@code =}, with NULL like any other value.
 */
public final class FunctionalDependencies {
  /** Of more than any query needs the rest is forgotten, which only loses keys. */
  private static final int MOST_DEPENDENCIES = 256;

  private final List<Dependency> dependencies;

  /** The determinants may be none: then the others are the same in all rows. */
  public record Dependency(Set<ColumnId> determinants, Set<ColumnId> dependents) {}

  FunctionalDependencies(List<Dependency> dependencies) {
    this.dependencies =
        List.copyOf(dependencies.subList(0, Math.min(dependencies.size(), MOST_DEPENDENCIES)));
  }

  static FunctionalDependencies none() {
    return new FunctionalDependencies(List.of());
  }

  public List<Dependency> dependencies() {
    return dependencies;
  }

  FunctionalDependencies with(List<Dependency> more) {
    List<Dependency> all = new ArrayList<>(dependencies);
    all.addAll(more);
    return new FunctionalDependencies(all);
  }

  /** Everything that the columns determine, themselves included. */
  public Set<ColumnId> closure(Set<ColumnId> columns) {
    Set<ColumnId> closure = new HashSet<>(columns);
    boolean grown = true;
    while (grown) {
      grown = false;
      for (Dependency dependency : dependencies) {
        grown |=
            closure.containsAll(dependency.determinants())
                && closure.addAll(dependency.dependents());
      }
    }
    return closure;
  }

  /** What still can be said of the visible columns alone; each set of determinants once. */
  FunctionalDependencies restrictedTo(Set<ColumnId> visible) {
    Map<Set<ColumnId>, Set<ColumnId>> kept = new LinkedHashMap<>();
    for (Dependency dependency : dependencies) {
      Set<ColumnId> determinants = new HashSet<>();
      for (ColumnId column : dependency.determinants()) {
        visibleFor(column, visible).ifPresent(determinants::add);
      }
      if (!kept.containsKey(determinants)) {
        Set<ColumnId> closure = closure(determinants);
        if (closure.containsAll(dependency.determinants())) {
          closure.retainAll(visible);
          kept.put(determinants, closure);
        }
      }
    }
    return new FunctionalDependencies(
        kept.entrySet().stream()
            .map(entry -> new Dependency(entry.getKey(), entry.getValue()))
            .toList());
  }

  /** The column itself, or one that determines it. */
  Optional<ColumnId> visibleFor(ColumnId column, Set<ColumnId> visible) {
    return visible.contains(column)
        ? Optional.of(column)
        : visible.stream()
            .filter(candidate -> closure(Set.of(candidate)).contains(column))
            .min(Comparator.comparingInt(ColumnId::number));
  }
}
