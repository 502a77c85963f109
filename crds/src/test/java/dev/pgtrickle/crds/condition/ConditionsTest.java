package dev.pgtrickle.crds.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pgtrickle.crds.streamtable.StreamTableCondition;
import dev.pgtrickle.crds.streamtable.StreamTableReason;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionsTest {
  private static final Instant EARLIER = Instant.parse("2026-11-21T10:00:00.9Z");
  private static final Instant LATER = Instant.parse("2026-11-21T11:00:00Z");

  private static Condition ready(StreamTableReason reason, Instant time) {
    return StreamTableCondition.READY.isTrue(reason, "fine", 2, time);
  }

  @Test
  void theTimeStaysWhileTheStatusStays() {
    Condition before = ready(StreamTableReason.SERVING, EARLIER);
    Condition now = ready(StreamTableReason.SUSPENDED, LATER);
    assertThat(new Conditions(List.of(now)).after(List.of(before)).all())
        .singleElement()
        .satisfies(condition -> {
          assertThat(condition.reason()).isEqualTo("Suspended");
          assertThat(condition.lastTransitionTime().text()).isEqualTo("2026-11-21T10:00:00Z");
        });
  }

  @Test
  void theTimeMovesWithAFlip() {
    Condition before = ready(StreamTableReason.SERVING, EARLIER);
    Condition now =
        StreamTableCondition.READY.isFalse(StreamTableReason.REFRESH_FAILING, "", 2, LATER);
    assertThat(new Conditions(List.of(now)).after(List.of(before)).all())
        .extracting(condition -> condition.lastTransitionTime().instant())
        .containsExactly(LATER);
  }

  @Test
  void aCombinationThatTheApiDoesNotHaveCannotBeMade() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ready(StreamTableReason.REFRESH_FAILING, EARLIER))
        .withMessage("condition Ready is never TRUE with reason RefreshFailing");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> StreamTableCondition.FRESH.isFalse(StreamTableReason.NO_TARGET, "", 1, EARLIER));
  }

  @Test
  void reconcilingAndStalledExcludeEachOther() {
    Condition reconciling =
        StreamTableCondition.RECONCILING.isTrue(StreamTableReason.RETRYING, "", 1, EARLIER);
    Condition stalled =
        StreamTableCondition.STALLED.isTrue(StreamTableReason.CONFLICT, "", 1, EARLIER);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Conditions(List.of(reconciling, stalled)))
        .withMessage("Reconciling and Stalled at once");
  }

  @Test
  void aTypeIsThereOnce() {
    Condition condition = ready(StreamTableReason.SERVING, EARLIER);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Conditions(List.of(condition, condition)));
  }

  @Test
  void aMessageThatTheServerWouldRefuseIsCut() {
    Condition condition =
        StreamTableCondition.READY.isTrue(
            StreamTableReason.SERVING, "x".repeat(40_000), 1, EARLIER);
    assertThat(condition.message()).hasSize(32_768).endsWith("...");
  }

  @Test
  void conditionsAreFoundByTheirType() {
    Conditions conditions = new Conditions(List.of(ready(StreamTableReason.SERVING, EARLIER)));
    assertThat(conditions.isTrue(StreamTableCondition.READY)).isTrue();
    assertThat(conditions.find(StreamTableCondition.STALLED)).isEmpty();
    assertThat(conditions.isTrue(StreamTableCondition.STALLED)).isFalse();
  }
}
