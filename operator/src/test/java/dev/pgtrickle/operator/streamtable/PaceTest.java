package dev.pgtrickle.operator.streamtable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.binding.StreamTableBinder;
import dev.pgtrickle.crds.streamtable.StreamTableStatus;
import dev.pgtrickle.engine.lifecycle.ApplyOutcome;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PaceTest {
  private final Pace pace = new Pace(new Random(1));

  @Test
  void aTableThatIsHeldIsLookedAtRarely() {
    assertThat(after(new Relay.Nothing())).isGreaterThan(Duration.ofMinutes(4));
    assertThat(after(new Relay.Accepted(RefreshWish.parse("2026-11-21T10:00:00Z").orElseThrow())))
        .isGreaterThan(Duration.ofMinutes(4));
  }

  @Test
  void aRequestThatDidNotReachTheEngineIsTriedAgainSoon() {
    assertThat(after(new Relay.Failed())).isEqualTo(Duration.ofSeconds(2));
  }

  private Duration after(Relay relay) {
    Facts facts = SampleFacts.facts(StreamTableStatus.empty());
    Gate gate = new Gate.Open(((StreamTableBinder.Outcome.Accepted) facts.bound()).table());
    Progress progress =
        new Progress(
            Optional.empty(),
            Optional.of(new Answer.Decided(new ApplyOutcome.Unchanged())),
            Optional.empty(),
            relay);
    return pace.after(gate, progress, Optional.empty(), facts.now());
  }
}
