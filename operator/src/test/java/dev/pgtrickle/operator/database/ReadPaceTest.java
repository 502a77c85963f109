package dev.pgtrickle.operator.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReadPaceTest {
  private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");
  private final ReadPace pace = new ReadPace();

  @Test
  void whoHasNeverReadReadsAtOnce() {
    assertThat(pace.told(NOW)).isZero();
    assertThat(pace.idle()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aShortReadingIsRepeatedEachSecondAndAlmostAtOnceWhenSomethingIsTold() {
    pace.read(NOW.minusMillis(5), NOW);
    assertThat(pace.idle()).isEqualTo(Duration.ofSeconds(1));
    assertThat(pace.told(NOW)).isEqualTo(Duration.ofMillis(20));
    assertThat(pace.told(NOW.plusMillis(20))).isZero();
    assertThat(pace.told(NOW.plusSeconds(9))).isZero();
  }

  @Test
  void aLongReadingGetsAFifthOfTheTimeAtMost() {
    pace.read(NOW.minusMillis(400), NOW);
    assertThat(pace.told(NOW)).isEqualTo(Duration.ofMillis(1600));
    assertThat(pace.idle()).isEqualTo(Duration.ofSeconds(4));
  }
}
