package dev.pgtrickle.operator.streamtable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.crds.streamtable.StreamTableReason;
import dev.pgtrickle.crds.streamtable.StreamTableStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FailoverHoldTest {
  private static final Instant BEGAN = Reports.NOW;
  private static final StreamTableStatus SAID =
      new StreamTableStatus(
          4L, null, null, null, null, null, null, null, null, null, null, List.of());

  private final FailoverHold hold = new FailoverHold();

  @Test
  void nothingIsSaidForAMinute() {
    Verdict away = away(StreamTableReason.FAILOVER_IN_PROGRESS);
    assertThat(hold.until(away, facts(SAID, 59))).contains(BEGAN.plusSeconds(60));
    assertThat(hold.until(away, facts(SAID, 60))).isEmpty();
  }

  @Test
  void norWhileTheConnectionComesBackAfterIt() {
    assertThat(hold.until(away(StreamTableReason.UNREACHABLE), facts(SAID, 20))).isPresent();
    Verdict starting = new Verdict.Starting("connecting", BEGAN);
    assertThat(hold.until(starting, facts(SAID, 20))).isPresent();
    assertThat(hold.until(starting, facts(SAID, 61))).isEmpty();
    assertThat(hold.until(starting, facts(StreamTableStatus.empty(), 20))).isEmpty();
  }

  @Test
  void whatIsNoFailoverIsSaidAtOnce() {
    Facts quiet = SampleFacts.facts(SAID, BEGAN.plusSeconds(6), Optional.empty());
    assertThat(hold.until(away(StreamTableReason.FENCED), quiet)).isEmpty();
    assertThat(hold.until(away(StreamTableReason.UNREACHABLE), quiet)).isEmpty();
    assertThat(
            hold.until(new Verdict.Maintained(Reports.active(), Optional.empty()), facts(SAID, 1)))
        .isEmpty();
  }

  @Test
  void aLostConnectionWaitsForTheClusterToSayWhy() {
    Facts quiet = SampleFacts.facts(SAID, BEGAN.plusSeconds(4), Optional.empty());
    assertThat(hold.until(away(StreamTableReason.UNREACHABLE), quiet)).isPresent();
  }

  @Test
  void aResourceThatWasNeverReportedIsNotHeld() {
    assertThat(
            hold.until(
                away(StreamTableReason.FAILOVER_IN_PROGRESS), facts(StreamTableStatus.empty(), 1)))
        .isEmpty();
  }

  private static Verdict away(StreamTableReason reason) {
    return new Verdict.Away(reason, "away", BEGAN);
  }

  private static Facts facts(StreamTableStatus previous, int seconds) {
    return SampleFacts.facts(previous, BEGAN.plusSeconds(seconds), Optional.of(BEGAN));
  }
}
