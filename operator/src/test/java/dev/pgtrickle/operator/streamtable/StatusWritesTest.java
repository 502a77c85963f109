package dev.pgtrickle.operator.streamtable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.crds.streamtable.StreamTableStatus;
import dev.pgtrickle.engine.runtime.StreamTableReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusWritesTest {
  private static final Optional<Instant> JUST_NOW = Optional.of(Reports.NOW.minusSeconds(1));
  private static final Optional<Instant> LONG_AGO = Optional.of(Reports.NOW.minusSeconds(301));

  private final StatusWrites writes = new StatusWrites();
  private final StatusAuthor author = new StatusAuthor();

  @Test
  void theSameIsNotWritten() {
    assertThat(decide(Reports.active(), Reports.active(), LONG_AGO))
        .isEqualTo(StatusWrites.Due.NOT);
  }

  @Test
  void aFlipIsWrittenAtOnce() {
    assertThat(decide(Reports.active(), Reports.of("suspended"), JUST_NOW))
        .isEqualTo(StatusWrites.Due.AT_ONCE);
    assertThat(decide(Reports.active(), Reports.failing(1), JUST_NOW))
        .isEqualTo(StatusWrites.Due.AT_ONCE);
  }

  @Test
  void figuresAloneWaitForTheLagAndForFiveMinutes() {
    StreamTableReport slow = Reports.lagging(Duration.ofSeconds(20));
    assertThat(decide(Reports.active(), slow, JUST_NOW)).isEqualTo(StatusWrites.Due.NOT);
    assertThat(decide(Reports.active(), slow, LONG_AGO)).isEqualTo(StatusWrites.Due.FIGURES);
    assertThat(decide(Reports.active(), Reports.lagging(Duration.ofMillis(41)), LONG_AGO))
        .as("another lag in the same step")
        .isEqualTo(StatusWrites.Due.NOT);
  }

  @Test
  void moreFailuresInARowAreNoFlip() {
    assertThat(decide(Reports.failing(1), Reports.failing(2), LONG_AGO))
        .isEqualTo(StatusWrites.Due.NOT);
    assertThat(decide(Reports.failing(4), Reports.failing(5), JUST_NOW))
        .isEqualTo(StatusWrites.Due.AT_ONCE);
  }

  private StatusWrites.Due decide(
      StreamTableReport before, StreamTableReport after, Optional<Instant> writtenAt) {
    StreamTableStatus first = status(before, StreamTableStatus.empty());
    return writes.decide(first, status(after, first), writtenAt, Reports.NOW);
  }

  private StreamTableStatus status(StreamTableReport report, StreamTableStatus previous) {
    Facts facts = SampleFacts.facts(previous);
    return author.write(
        new Verdict.Maintained(report, Optional.empty()), facts, Gate.of(facts), Progress.none());
  }
}
