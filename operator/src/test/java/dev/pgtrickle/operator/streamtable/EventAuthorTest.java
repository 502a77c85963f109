package dev.pgtrickle.operator.streamtable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.crds.EventReason;
import dev.pgtrickle.crds.streamtable.StreamTableStatus;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.lifecycle.ApplyOutcome;
import dev.pgtrickle.engine.runtime.StreamTableReport;
import dev.pgtrickle.operator.event.EventNote;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventAuthorTest {
  private final EventAuthor author = new EventAuthor();
  private final StatusAuthor statuses = new StatusAuthor();

  @Test
  void aNormalRefreshIsNoEvent() {
    assertThat(change(Reports.active(), Reports.active())).isEmpty();
  }

  @Test
  void suspendedAndResumed() {
    assertThat(change(Reports.active(), Reports.of("suspended")))
        .containsExactly(EventReason.SUSPENDED);
    assertThat(change(Reports.of("suspended"), Reports.active()))
        .containsExactly(EventReason.RESUMED);
  }

  @Test
  void failuresAreToldTheFirstTenthAndHundredthTime() {
    assertThat(change(Reports.active(), Reports.failing(1)))
        .containsExactly(EventReason.REFRESH_FAILED);
    assertThat(change(Reports.failing(1), Reports.failing(2))).isEmpty();
    assertThat(change(Reports.failing(9), Reports.failing(12)))
        .containsExactly(EventReason.REFRESH_FAILED);
    assertThat(change(Reports.failing(99), Reports.failing(100)))
        .containsExactly(EventReason.REFRESH_FAILED);
  }

  @Test
  void driftIsToldAndItsRepair() {
    assertThat(change(Reports.active(), Reports.drifted("IndexMissing")))
        .containsExactly(EventReason.DRIFT_DETECTED);
    assertThat(change(Reports.drifted("IndexMissing"), Reports.active()))
        .containsExactly(EventReason.DRIFT_REPAIRED);
  }

  @Test
  void anotherScheduleIsTold() {
    assertThat(change(Reports.active(), Reports.manual()))
        .containsExactly(EventReason.SCHEDULE_CHANGED);
  }

  @Test
  void whatTheEngineAnsweredIsToldOnceAndWithoutNoise() {
    assertThat(reasons(answer(new ApplyOutcome.Created()))).containsExactly(EventReason.CREATED);
    assertThat(reasons(answer(new ApplyOutcome.Unchanged()))).isEmpty();
    assertThat(reasons(answer(new ApplyOutcome.Conflict(Reports.OWNER))))
        .containsExactly(EventReason.CONFLICT);
    assertThat(
            reasons(
                author.ofAnswer(
                    new Answer.Refused(
                        TrickleException.of(ErrorCode.PARSE_ERROR, "no query", "write one")),
                    "public.a")))
        .containsExactly(EventReason.INVALID_QUERY);
  }

  private List<EventNote> answer(ApplyOutcome outcome) {
    return author.ofAnswer(new Answer.Decided(outcome), "public.a");
  }

  private List<EventReason> change(StreamTableReport before, StreamTableReport after) {
    StreamTableStatus first = status(before, StreamTableStatus.empty());
    return reasons(author.ofChange(first, status(after, first)));
  }

  private StreamTableStatus status(StreamTableReport report, StreamTableStatus previous) {
    Facts facts = SampleFacts.facts(previous);
    return statuses.write(
        new Verdict.Maintained(report, Optional.empty()), facts, Gate.of(facts), Progress.none());
  }

  private static List<EventReason> reasons(List<EventNote> notes) {
    return notes.stream().map(EventNote::reason).toList();
  }
}
