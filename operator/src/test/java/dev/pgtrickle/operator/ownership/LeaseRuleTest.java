package dev.pgtrickle.operator.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LeaseRuleTest {
  private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
  private static final Duration LENGTH = Duration.ofSeconds(15);

  private final LeaseRule rule = new LeaseRule("me", LENGTH);

  @Test
  void whatIsNotThereIsMade() {
    assertThat(step(Optional.empty(), LeaseMemory.none(), START))
        .isInstanceOf(LeaseRule.Step.Create.class);
  }

  @Test
  void whatIsOursIsRenewedHoweverOldItIs() {
    assertThat(step(lease("me", "long ago"), LeaseMemory.none(), START))
        .isInstanceOf(LeaseRule.Step.Renew.class);
  }

  @Test
  void anothersIsTakenOnlyAfterItStoodStillForItsLengthByOurClock() {
    Optional<LeaseRecord> other = lease("other", "1999-01-01");
    LeaseRule.Decided first = rule.decide(other, LeaseMemory.none(), START);
    assertThat(first.step())
        .as("the other's clock may be wrong by years")
        .isEqualTo(new LeaseRule.Step.Leave("other", START.plus(LENGTH)));

    Instant almost = START.plus(LENGTH).minusMillis(1);
    assertThat(step(other, first.memory(), almost)).isInstanceOf(LeaseRule.Step.Leave.class);
    assertThat(step(other, first.memory(), START.plus(LENGTH)))
        .isInstanceOf(LeaseRule.Step.TakeOver.class);
  }

  @Test
  void aRenewalBeginsTheWaitAnew() {
    LeaseMemory memory = rule.decide(lease("other", "1"), LeaseMemory.none(), START).memory();
    Instant later = START.plusSeconds(10);
    memory = rule.decide(lease("other", "2"), memory, later).memory();
    assertThat(step(lease("other", "2"), memory, START.plus(LENGTH)))
        .isEqualTo(new LeaseRule.Step.Leave("other", later.plus(LENGTH)));
  }

  @Test
  void whatWasGivenUpIsTakenAtOnce() {
    assertThat(step(lease("", "1"), LeaseMemory.none(), START))
        .isInstanceOf(LeaseRule.Step.TakeOver.class);
  }

  private LeaseRule.Step step(Optional<LeaseRecord> lease, LeaseMemory memory, Instant now) {
    return rule.decide(lease, memory, now).step();
  }

  private static Optional<LeaseRecord> lease(String holder, String renewed) {
    return Optional.of(new LeaseRecord(holder, renewed, 0, renewed));
  }
}
