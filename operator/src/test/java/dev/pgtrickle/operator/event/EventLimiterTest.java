package dev.pgtrickle.operator.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.crds.EventReason;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventLimiterTest {
  private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

  private final EventLimiter limiter = new EventLimiter();

  @Test
  void theSameIsToldAgainAfterAWhileOnly() {
    EventKey key = new EventKey("a", EventReason.REFRESH_FAILED, "1");
    assertThat(limiter.admit(key, START)).isTrue();
    assertThat(limiter.admit(key, START.plusSeconds(1))).isFalse();
    assertThat(limiter.admit(key, START.plus(EventLimiter.SAME))).isTrue();
  }

  @Test
  void anotherSubjectReasonOrObjectIsAnotherEvent() {
    assertThat(limiter.admit(new EventKey("a", EventReason.CONFLICT, "x"), START)).isTrue();
    assertThat(limiter.admit(new EventKey("a", EventReason.CONFLICT, "y"), START)).isTrue();
    assertThat(limiter.admit(new EventKey("a", EventReason.CREATED, "x"), START)).isTrue();
    assertThat(limiter.admit(new EventKey("b", EventReason.CONFLICT, "x"), START)).isTrue();
  }

  @Test
  void anObjectHasASupplyThatFillsSlowly() {
    assertThat(tell("a", START)).isEqualTo(EventLimiter.SUPPLY);
    assertThat(tell("b", START)).as("others have their own").isEqualTo(EventLimiter.SUPPLY);
    assertThat(tell("a", START.plus(EventLimiter.REFILL.multipliedBy(3)))).isEqualTo(3);
    limiter.forget("a");
    assertThat(tell("a", START)).isEqualTo(EventLimiter.SUPPLY);
  }

  private int tell(String uid, Instant now) {
    int told = 0;
    for (int number = 0; number < 100; number++) {
      if (limiter.admit(new EventKey(uid, EventReason.CONFLICT, now + "-" + number), now)) {
        told++;
      }
    }
    return told;
  }
}
