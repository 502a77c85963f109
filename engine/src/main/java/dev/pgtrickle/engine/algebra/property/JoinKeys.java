package dev.pgtrickle.engine.algebra.property;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.FreeColumns;
import dev.pgtrickle.engine.algebra.Join;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.property.FunctionalDependencies.Dependency;
import dev.pgtrickle.engine.relations.Nullability;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The keys of joins. */
final class JoinKeys {
  /** Of wider joins no key is known: finding one would take longer than all the rest. */
  private static final int MOST_INPUTS = 128;

  boolean isTooWide(Join join) {
    return inputs(join) > MOST_INPUTS;
  }

  private static int inputs(Operator operator) {
    return operator instanceof Join join ? inputs(join.left()) + inputs(join.right()) : 1;
  }

  Uniqueness join(Join join, Uniqueness left, Uniqueness right) {
    // What holds among the rows of a lateral input holds for one left row only.
    Uniqueness other =
        FreeColumns.of(join.right()).isEmpty()
            ? right
            : new Uniqueness(right.keys(), FunctionalDependencies.none());
    return switch (join.kind()) {
      case INNER -> inner(join, left, other);
      case LEFT -> extended(join, join.left(), left, join.right(), other);
      case RIGHT -> extended(join, join.right(), other, join.left(), left);
      case FULL -> full(join, left, other);
    };
  }

  private static FunctionalDependencies matched(Join join, Uniqueness left, Uniqueness right) {
    List<Dependency> all = new ArrayList<>(right.dependencies().dependencies());
    join.condition()
        .ifPresent(condition -> all.addAll(new EqualityDependencies(join.columns()).of(condition)));
    return left.dependencies().with(all);
  }

  private static Uniqueness inner(Join join, Uniqueness left, Uniqueness right) {
    FunctionalDependencies dependencies = matched(join, left, right);
    List<Set<ColumnId>> keys = new ArrayList<>();
    for (Set<ColumnId> one : left.keys()) {
      for (Set<ColumnId> other : right.keys()) {
        Set<ColumnId> both = union(one, other);
        if (dependencies.closure(one).containsAll(both)) {
          keys.add(one);
        } else if (dependencies.closure(other).containsAll(both)) {
          keys.add(other);
        } else {
          keys.add(both);
        }
      }
    }
    return Uniqueness.of(keys, dependencies).determining(ids(join));
  }

  /** All rows of one side, with those of the other side or with NULL. */
  private static Uniqueness extended(
      Join join, Operator kept, Uniqueness keptKeys, Operator extended, Uniqueness otherKeys) {
    FunctionalDependencies matched = matched(join, keptKeys, otherKeys);
    Set<ColumnId> determined = matched.closure(ids(kept));
    boolean oneMatch = otherKeys.keys().stream().anyMatch(determined::containsAll);
    List<Set<ColumnId>> keys = new ArrayList<>();
    for (Set<ColumnId> one : keptKeys.keys()) {
      if (oneMatch) {
        keys.add(one);
      } else {
        otherKeys.keys().forEach(other -> keys.add(union(one, other)));
      }
    }
    FunctionalDependencies dependencies =
        keptKeys.dependencies().with(survivors(extended, otherKeys));
    return Uniqueness.of(keys, dependencies).determining(ids(join));
  }

  /** Dependencies that a row of NULLs cannot break, because one of its columns never was NULL. */
  private static List<Dependency> survivors(Operator extended, Uniqueness keys) {
    Set<ColumnId> notNull = notNull(extended);
    return keys.dependencies().dependencies().stream()
        .filter(dependency -> dependency.determinants().stream().anyMatch(notNull::contains))
        .toList();
  }

  private static Uniqueness full(Join join, Uniqueness left, Uniqueness right) {
    Set<ColumnId> notNull = new LinkedHashSet<>(notNull(join.left()));
    notNull.addAll(notNull(join.right()));
    List<Set<ColumnId>> keys = new ArrayList<>();
    for (Set<ColumnId> one : left.keys()) {
      for (Set<ColumnId> other : right.keys()) {
        Set<ColumnId> both = union(one, other);
        if (both.stream().anyMatch(notNull::contains)) {
          keys.add(both);
        }
      }
    }
    return Uniqueness.of(keys, FunctionalDependencies.none()).determining(ids(join));
  }

  private static Set<ColumnId> notNull(Operator operator) {
    return operator.columns().stream()
        .filter(column -> column.nullability() == Nullability.NOT_NULL)
        .map(Column::id)
        .collect(Collectors.toSet());
  }

  private static Set<ColumnId> ids(Operator operator) {
    return operator.columns().stream().map(Column::id).collect(Collectors.toSet());
  }

  private static Set<ColumnId> union(Set<ColumnId> one, Set<ColumnId> other) {
    Set<ColumnId> both = new LinkedHashSet<>(one);
    both.addAll(other);
    return both;
  }
}
