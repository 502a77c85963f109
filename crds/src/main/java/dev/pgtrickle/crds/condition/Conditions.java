package dev.pgtrickle.crds.condition;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The conditions of one object. Reconciling and Stalled exclude each other (either we go on, or the
 * user has to act): a list with both is a mistake of ours and cannot be made.
 */
public record Conditions(List<Condition> all) {
  private static final String RECONCILING = "Reconciling";
  private static final String STALLED = "Stalled";

  public Conditions {
    all = List.copyOf(all);
    Set<String> types = new HashSet<>();
    Set<String> active = new HashSet<>();
    for (Condition condition : all) {
      if (!types.add(condition.type())) {
        throw new IllegalArgumentException("condition " + condition.type() + " is there twice");
      }
      if (condition.status() == ConditionStatus.TRUE) {
        active.add(condition.type());
      }
    }
    if (active.contains(RECONCILING) && active.contains(STALLED)) {
      throw new IllegalArgumentException("Reconciling and Stalled at once");
    }
  }

  /** The condition of a type. */
  public Optional<Condition> find(ConditionType<?> type) {
    return all.stream().filter(condition -> condition.isOf(type)).findFirst();
  }

  /** Whether the condition is there and True. */
  public boolean isTrue(ConditionType<?> type) {
    return find(type).map(Condition::status).filter(ConditionStatus.TRUE::equals).isPresent();
  }

  /** These conditions with the times of earlier ones whose status has not changed since. */
  public Conditions after(List<Condition> earlier) {
    return new Conditions(all.stream().map(condition -> keepTime(condition, earlier)).toList());
  }

  private static Condition keepTime(Condition condition, List<Condition> earlier) {
    return earlier.stream()
        .filter(before ->
            before.type().equals(condition.type()) && before.status() == condition.status())
        .findFirst()
        .map(before -> condition.since(before.lastTransitionTime()))
        .orElse(condition);
  }
}
