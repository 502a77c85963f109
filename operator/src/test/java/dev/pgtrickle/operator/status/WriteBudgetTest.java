package dev.pgtrickle.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class WriteBudgetTest {
  private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

  @Test
  void noMoreThanSoManyASecond() {
    WriteBudget budget = new WriteBudget(10, START);
    int written = 0;
    for (int millis = 0; millis < 10_000; millis++) {
      if (budget.take(START.plusMillis(millis))) {
        written++;
      }
    }
    assertThat(written).isBetween(105, 110);
  }

  @Test
  void whatWasNotUsedDoesNotPileUp() {
    WriteBudget budget = new WriteBudget(10, START);
    Instant later = START.plusSeconds(3_600);
    int written = 0;
    while (budget.take(later)) {
      written++;
    }
    assertThat(written).isEqualTo(10);
  }
}
