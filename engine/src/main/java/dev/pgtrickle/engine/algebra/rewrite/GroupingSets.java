package dev.pgtrickle.engine.algebra.rewrite;

import dev.pgtrickle.engine.algebra.Duplicates;
import dev.pgtrickle.engine.algebra.GroupingClause;
import dev.pgtrickle.engine.algebra.GroupingElement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The groupings of a GROUP BY clause, one by one: what stands in it side by side is combined, each
 * with each.
 *
 * <pre>
 *   a, ROLLUP (b, c)   is   (a, b, c), (a, b), (a)
 * </pre>
 */
final class GroupingSets {

  private GroupingSets() {}

  /** The numbers of the keys of each; a grouping may come twice, and then all its groups do. */
  static List<Set<Integer>> of(GroupingClause clause) {
    List<Set<Integer>> sets = List.of(Set.of());
    for (GroupingElement element : clause.elements()) {
      sets = combined(sets, of(element));
    }
    return clause.duplicates() == Duplicates.REMOVED
        ? List.copyOf(new LinkedHashSet<>(sets))
        : sets;
  }

  private static List<Set<Integer>> combined(List<Set<Integer>> left, List<Set<Integer>> right) {
    List<Set<Integer>> all = new ArrayList<>();
    for (Set<Integer> one : left) {
      for (Set<Integer> other : right) {
        all.add(union(one, other));
      }
    }
    return all;
  }

  private static Set<Integer> union(Set<Integer> one, Set<Integer> other) {
    Set<Integer> both = new TreeSet<>(one);
    both.addAll(other);
    return both;
  }

  private static List<Set<Integer>> of(GroupingElement element) {
    return switch (element) {
      case GroupingElement.Key key -> List.of(Set.of(key.index()));
      case GroupingElement.KeyList list -> List.of(Set.copyOf(list.indexes()));
      case GroupingElement.Sets sets ->
          switch (sets.kind()) {
            case GROUPING_SETS ->
                sets.elements().stream().flatMap(inner -> of(inner).stream()).toList();
            case ROLLUP -> rollup(units(sets));
            case CUBE -> cube(units(sets));
          };
    };
  }

  /** The columns and lists in the parentheses: each comes and goes as a whole. */
  private static List<Set<Integer>> units(GroupingElement.Sets sets) {
    return sets.elements().stream().map(element -> of(element).getFirst()).toList();
  }

  private static List<Set<Integer>> rollup(List<Set<Integer>> units) {
    List<Set<Integer>> sets = new ArrayList<>();
    Set<Integer> prefix = Set.of();
    sets.add(prefix);
    for (Set<Integer> unit : units) {
      prefix = union(prefix, unit);
      sets.addFirst(prefix);
    }
    return sets;
  }

  private static List<Set<Integer>> cube(List<Set<Integer>> units) {
    List<Set<Integer>> sets = List.of(Set.of());
    for (Set<Integer> unit : units) {
      List<Set<Integer>> more = combined(sets, List.of(unit));
      sets = new ArrayList<>(sets);
      sets.addAll(more);
    }
    return sets;
  }
}
