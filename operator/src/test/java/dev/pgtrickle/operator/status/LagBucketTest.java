package dev.pgtrickle.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LagBucketTest {

  @ParameterizedTest
  @CsvSource({
    "0, SECOND",
    "1000, SECOND",
    "1001, FIVE_SECONDS",
    "5000, FIVE_SECONDS",
    "30000, HALF_MINUTE",
    "119999, TWO_MINUTES",
    "600000, TEN_MINUTES",
    "3600000, HOUR",
    "21600000, SIX_HOURS",
    "86400000, DAY",
    "86400001, MORE"
  })
  void theFirstTimeItIsExact(long millis, LagBucket bucket) {
    assertThat(LagBucket.of(Duration.ofMillis(millis), Optional.empty())).isEqualTo(bucket);
  }

  @Test
  void worseIsShownAtOnceAndBetterWithAMargin() {
    Optional<LagBucket> five = Optional.of(LagBucket.FIVE_SECONDS);
    assertThat(LagBucket.of(Duration.ofMillis(5_001), five)).isEqualTo(LagBucket.HALF_MINUTE);
    assertThat(LagBucket.of(Duration.ofMillis(900), five)).isEqualTo(LagBucket.FIVE_SECONDS);
    assertThat(LagBucket.of(Duration.ofMillis(800), five)).isEqualTo(LagBucket.SECOND);
  }

  @Test
  void aLagThatSwingsAroundABoundaryDoesNotFlip() {
    Optional<LagBucket> shown = Optional.empty();
    int flips = 0;
    for (int look = 0; look < 100; look++) {
      LagBucket bucket = LagBucket.of(Duration.ofMillis(look % 2 == 0 ? 4_900 : 5_100), shown);
      if (shown.isPresent() && shown.get() != bucket) {
        flips++;
      }
      shown = Optional.of(bucket);
    }
    assertThat(flips).isLessThanOrEqualTo(1);
  }

  @Test
  void ofSeveralBetterStepsTheBestThatIsSure() {
    assertThat(LagBucket.of(Duration.ofSeconds(100), Optional.of(LagBucket.MORE)))
        .isEqualTo(LagBucket.TEN_MINUTES);
    assertThat(LagBucket.of(Duration.ofSeconds(10_000_000_000L), Optional.of(LagBucket.MORE)))
        .isEqualTo(LagBucket.MORE);
  }

  @Test
  void wordsAreFoundAgain() {
    for (LagBucket bucket : LagBucket.values()) {
      assertThat(LagBucket.ofWord(bucket.word())).contains(bucket);
    }
    assertThat(LagBucket.ofWord("soon")).isEmpty();
  }
}
