package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.lifecycle.ApplyOutcome;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** One definition that several threads apply in the same moment is created once. */
class ApplyTogetherTest {
  private static final String QUERY =
      "SELECT branch, count(*) AS n FROM public.entry GROUP BY branch";
  private static final int ROUNDS = 10;
  private static final int THREADS = 4;

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void created_once_whoever_asks_first(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = new EngineFixture(version);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      fixture.database.execute(
          "CREATE TABLE entry (id int PRIMARY KEY, branch int NOT NULL)",
          "INSERT INTO entry SELECT g, g % 9 FROM generate_series(1, 100) AS g");
      fixture.start();
      for (int round = 0; round < ROUNDS; round++) {
        StreamTableDefinition definition = fixture.manual("totals_" + round, QUERY);
        assertThat(applyTogether(fixture, threads, definition))
            .filteredOn(ApplyOutcome.Created.class::isInstance)
            .hasSize(1);
        fixture.engine().await(definition.relation(), EngineFixture.PATIENCE);
        fixture.assertExact("totals_" + round, QUERY);
      }
      assertThat(fixture.database.queryLong("SELECT count(*) FROM pgtrickle.stream_table"))
          .isEqualTo(ROUNDS);
      assertThat(fixture.database.queryLong("SELECT count(*) FROM pgtrickle.storage_version"))
          .isEqualTo(ROUNDS);
      assertThat(
              fixture.database.queryLong(
                  "SELECT count(*) FROM pgtrickle.history WHERE cause = 'Initial'"))
          .as("first loads")
          .isEqualTo(ROUNDS);
    }
  }

  private static List<ApplyOutcome> applyTogether(
      EngineFixture fixture, ExecutorService threads, StreamTableDefinition definition)
      throws Exception {
    CyclicBarrier start = new CyclicBarrier(THREADS);
    List<Future<ApplyOutcome>> asked = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      asked.add(
          threads.submit(() -> {
            start.await();
            return fixture.engine().apply(definition);
          }));
    }
    List<ApplyOutcome> outcomes = new ArrayList<>();
    for (Future<ApplyOutcome> answer : asked) {
      outcomes.add(answer.get(30, TimeUnit.SECONDS));
    }
    return outcomes;
  }
}
