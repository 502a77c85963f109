package dev.pgtrickle.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.error.ErrorCode;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

  @ParameterizedTest
  @CsvSource({
    "LOCK_TIMEOUT, 1, 50",
    "LOCK_TIMEOUT, 3, 200",
    "LOCK_TIMEOUT, 30, 1000",
    "SERIALIZATION_CONFLICT, 30, 1000",
    "DATABASE_UNAVAILABLE, 1, 1000",
    "DATABASE_UNAVAILABLE, 30, 2000",
    "RESOURCE_LIMIT, 3, 4000",
    "RESOURCE_LIMIT, 1000, 60000"
  })
  void waits_between_half_and_all_of_a_doubled_and_bounded_delay(
      ErrorCode code, int failures, long longestMillis) {
    Backoff backoff = new Backoff(new Random(1));
    for (int draw = 0; draw < 100; draw++) {
      assertThat(backoff.delay(failures, code))
          .isBetween(Duration.ofMillis(longestMillis / 2), Duration.ofMillis(longestMillis));
    }
  }
}
