package dev.pgtrickle.engine.advisor;

import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.property.CandidateKeys;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Calcite's opinion on unique keys against ours, and why they differ where they do. */
final class KeyComparison {
  /**
   * Why Calcite's keys are others although it is shown the whole plan. Each key that only Calcite
   * has was looked at and is true.
   */
  private static final Map<String, String> EXPLAINED =
      Map.of(
          "corpus group_by_pk",
          "we drop from a key what follows from the rest of it; Calcite knows no dependencies",
          "corpus views_inlined",
          "the same",
          "tpch q14",
          "at most one row: Calcite forgets it above a projection that keeps no column",
          "nexmark q08",
          "the group has a primary key and an expression, which our dependencies do not follow:"
              + " our key is a larger one");

  private final List<String> unexplained = new ArrayList<>();
  private final Set<String> used = new HashSet<>();
  private int agreed;

  void compare(String name, Operator plan) {
    List<Set<ColumnId>> own = CandidateKeys.of(plan).keys();
    List<Set<ColumnId>> calcites = KeyOpinion.of(plan);
    List<String> differences = new ArrayList<>();
    for (Set<ColumnId> key : calcites) {
      if (own.stream().noneMatch(key::containsAll)) {
        differences.add("only Calcite: " + key + ", we: " + own);
      }
    }
    // What Calcite does not see it knows no key of; it must not know a wrong one.
    if (shown(plan)) {
      for (Set<ColumnId> key : own) {
        if (calcites.stream().noneMatch(key::containsAll)) {
          differences.add("only we: " + key + ", Calcite: " + calcites);
        }
      }
    }
    if (differences.isEmpty()) {
      agreed++;
    } else if (EXPLAINED.containsKey(name)) {
      used.add(name);
    } else {
      differences.forEach(difference -> unexplained.add(name + ": " + difference));
    }
  }

  private static boolean shown(Operator operator) {
    return RelationalView.shows(operator)
        && operator.inputs().stream().allMatch(KeyComparison::shown);
  }

  List<String> unexplained() {
    return List.copyOf(unexplained);
  }

  /** Explanations of what is not there any more. */
  Set<String> unused() {
    Set<String> left = new HashSet<>(EXPLAINED.keySet());
    left.removeAll(used);
    return left;
  }

  int agreed() {
    return agreed;
  }
}
