package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.testbed.postgres.PostgresVersion;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SomeVersionsTest {
  @Test
  void theOldestAndTheNewestAreAlwaysThere() {
    assertThat(SomeVersions.unasked("one", "a test"))
        .hasSize(3)
        .startsWith(PostgresVersion.V14)
        .endsWith(PostgresVersion.V18)
        .isEqualTo(SomeVersions.unasked("one", "a test"));
  }

  @Test
  void eachVersionBetweenHasItsTests() {
    List<PostgresVersion> between =
        IntStream.range(0, 30)
            .mapToObj(number -> SomeVersions.unasked("one", "test " + number))
            .flatMap(Collection::stream)
            .distinct()
            .toList();
    assertThat(between).containsExactlyInAnyOrder(PostgresVersion.values());
  }

  @Test
  void longRunsHaveAllOfThem() {
    assertThat(SomeVersions.unasked("all", "a test")).containsExactly(PostgresVersion.values());
  }
}
