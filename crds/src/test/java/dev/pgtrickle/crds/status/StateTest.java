package dev.pgtrickle.crds.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.crds.condition.Condition;
import dev.pgtrickle.crds.condition.ConditionReason;
import dev.pgtrickle.crds.condition.ConditionStatus;
import dev.pgtrickle.crds.condition.ConditionType;
import dev.pgtrickle.crds.condition.Conditions;
import dev.pgtrickle.crds.oneshot.OneShotCondition;
import dev.pgtrickle.crds.schedulepolicy.SchedulePolicyCondition;
import dev.pgtrickle.crds.streamtable.StreamTableCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** There is a sample of every state that the API has, and of none that it does not have. */
class StateTest {
  private static final Map<String, List<? extends ConditionType<?>>> TYPES =
      Map.of(
          "StreamTable", List.of(StreamTableCondition.values()),
          "SchedulePolicy", List.of(SchedulePolicyCondition.values()),
          "Snapshot", List.of(OneShotCondition.values()),
          "Restore", List.of(OneShotCondition.values()));

  static Set<String> kinds() {
    return new TreeSet<>(TYPES.keySet());
  }

  static List<StatusSample> samples() {
    return StatusSample.all();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyCombinationHasASample(String kind) {
    Set<String> shown =
        samples().stream()
            .filter(sample -> sample.kind().equals(kind))
            .flatMap(sample -> sample.conditions().stream())
            .map(StateTest::combination)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(shown).containsAll(combinations(kind, Borrowed.LEFT_OUT));
    assertThat(combinations(kind, Borrowed.INCLUDED)).containsAll(shown);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void theConditionsOfASampleGoTogether(StatusSample sample) {
    Conditions conditions = new Conditions(sample.conditions());
    if (has(conditions, "Failed")) {
      assertThat(reason(conditions, "Failed")).isEqualTo(reason(conditions, "Stalled"));
      assertThat(reason(conditions, "Failed")).isEqualTo(reason(conditions, "Ready"));
    }
    boolean populated =
        conditions.all().stream()
            .filter(condition -> condition.type().equals("Populated"))
            .allMatch(condition -> condition.status() == ConditionStatus.TRUE);
    if (has(conditions, "Ready") && sample.kind().equals("StreamTable")) {
      assertThat(populated).isTrue();
    }
    if (reason(conditions, "Ready").equals("RefreshFailing")) {
      assertThat(has(conditions, "Reconciling") || has(conditions, "Stalled")).isTrue();
    }
  }

  /** Whether the reasons count that Ready takes from Stalled. */
  private enum Borrowed {
    INCLUDED,
    LEFT_OUT
  }

  private static Set<String> combinations(String kind, Borrowed borrowed) {
    List<String> all = new ArrayList<>();
    List<String> stalled = new ArrayList<>();
    for (ConditionType<?> type : TYPES.getOrDefault(kind, List.of())) {
      for (ConditionStatus status : ConditionStatus.values()) {
        for (ConditionReason reason : type.reasons(status)) {
          all.add(type.word() + " " + status + " " + reason.word());
          if (type.word().equals("Stalled")) {
            stalled.add("Ready FALSE " + reason.word());
          }
        }
      }
    }
    if (borrowed == Borrowed.LEFT_OUT) {
      all.removeAll(stalled);
    }
    if (kind.equals("Restore")) {
      // Only an archive can be in use.
      all.removeIf(combination -> combination.endsWith(" InUse"));
    }
    return new TreeSet<>(all);
  }

  private static String combination(Condition condition) {
    return condition.type() + " " + condition.status() + " " + condition.reason();
  }

  private static boolean has(Conditions conditions, String type) {
    return conditions.all().stream()
        .anyMatch(condition ->
            condition.type().equals(type) && condition.status() == ConditionStatus.TRUE);
  }

  private static String reason(Conditions conditions, String type) {
    return conditions.all().stream()
        .filter(condition -> condition.type().equals(type))
        .map(Condition::reason)
        .findFirst()
        .orElse("");
  }
}
