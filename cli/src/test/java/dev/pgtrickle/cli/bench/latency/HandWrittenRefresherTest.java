package dev.pgtrickle.cli.bench.latency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.cli.bench.BenchServer;
import dev.pgtrickle.engine.postgres.ConnectionTarget;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.ServerVariant;
import dev.pgtrickle.testbed.postgres.SqlSession;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import java.sql.Connection;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A rival that is wrong would be no measure. */
class HandWrittenRefresherTest {
  private static final Accounts ACCOUNTS = Accounts.of(2_000);

  @ParameterizedTest
  @EnumSource(Pipeline.class)
  void theRivalKeepsItsTablesExactWhileItIsMeasured(Pipeline pipeline) throws Exception {
    try (TestDatabase database =
            TestDatabase.create(
                PostgresVersion.ofMajor(18), ServerVariant.WITHOUT_PREPARED_TRANSACTIONS);
        BenchServer server =
            BenchServer.open(
                Optional.of(new ConnectionTarget(database.jdbcUrl(), database.user(), "")),
                BenchServer.Instruments.NONE,
                line -> {});
        Connection connection = server.connect()) {
      HandWrittenSchema.create(connection, ACCOUNTS, pipeline);
      try (HandWrittenRefresher refresher = HandWrittenRefresher.start(server, pipeline);
          LatencyVariant variant =
              new LatencyVariant(
                  "hand-written",
                  server,
                  HandWrittenSchema.TABLE,
                  HandWrittenSchema.RESULT,
                  ACCOUNTS,
                  Duration.ofMillis(500),
                  Duration.ofMillis(10))) {
        Map<?, Double> measured = variant.measure(0);
        refresher.check();
        assertThat(measured.values())
            .hasSize(2)
            .allSatisfy(value -> assertThat(value).isPositive());
        new SqlSession(connection)
            .execute(
                "DELETE FROM trickle_bench_hand.account WHERE branch = 3",
                "INSERT INTO trickle_bench_hand.account VALUES (-1, -1, 5, '')");
        for (Stage stage : pipeline.stages()) {
          awaitEqual(connection, stage);
        }
        refresher.check();
      }
    }
  }

  private static void awaitEqual(Connection connection, Stage stage) throws Exception {
    String difference =
        """
        SELECT count(*) FROM (
          (TABLE trickle_bench_hand.%1$s EXCEPT ALL %2$s)
          UNION ALL (%2$s EXCEPT ALL TABLE trickle_bench_hand.%1$s)) AS d\
        """
            .formatted(stage.name(), stage.query("trickle_bench_hand"));
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (new SqlSession(connection).queryLong(difference) > 0) {
      assertThat(System.nanoTime()).as("the totals are current in time").isLessThan(deadline);
      Thread.sleep(20);
    }
  }
}
