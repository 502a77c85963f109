package dev.pgtrickle.cli.bench.latency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.cli.bench.BenchTables;
import dev.pgtrickle.cli.engine.DirectEngines;
import dev.pgtrickle.engine.definition.Schedule;
import dev.pgtrickle.engine.definition.Wake;
import dev.pgtrickle.engine.postgres.ConnectionTarget;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.runtime.EngineListener;
import dev.pgtrickle.engine.runtime.StreamTableEngine;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.ServerVariant;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What makes a refresh quick is that PostgreSQL has planned it before. */
class PreparedPlansTest {
  private static final int REFRESHES = 40;
  private static final ServerVariant COUNTING_PLANS =
      ServerVariant.WITHOUT_PREPARED_TRANSACTIONS
          .with("shared_preload_libraries", "pg_stat_statements")
          .with("pg_stat_statements.track_planning", "on");

  @Test
  void aRefreshIsPlannedAFewTimesAndNotEachTime() throws Exception {
    try (TestDatabase database = TestDatabase.create(PostgresVersion.ofMajor(18), COUNTING_PLANS)) {
      database.executeAsSuperuser("CREATE EXTENSION pg_stat_statements");
      database.execute(
          "CREATE TABLE account (id int PRIMARY KEY, balance int NOT NULL)",
          "INSERT INTO account SELECT id, 0 FROM generate_series(1, 100) AS id");
      QualifiedName relation = QualifiedName.of("public", "totals");
      ConnectionTarget target = new ConnectionTarget(database.jdbcUrl(), database.user(), "");
      try (StreamTableEngine engine =
          new DirectEngines("test").own(target, EngineListener.silent())) {
        engine.apply(
            BenchTables.differential(
                relation,
                "SELECT count(*) AS accounts, sum(balance) AS balance FROM account",
                new Schedule.Manual(),
                Wake.POLL));
        engine.await(relation, Duration.ofMinutes(1));
        for (int refresh = 0; refresh < REFRESHES; refresh++) {
          database.execute("UPDATE account SET balance = balance + 1 WHERE id = 1");
          engine.refresh(relation, Optional.empty(), Duration.ofMinutes(1));
        }
      }
      String applied =
          " FROM pg_stat_statements WHERE query LIKE '%INTO pgtrickle.history%'"
              + " AND query LIKE '%account that changed%'";
      assertThat(database.queryLong("SELECT sum(calls)" + applied))
          .isGreaterThanOrEqualTo(REFRESHES);
      assertThat(database.queryLong("SELECT sum(plans)" + applied))
          .as("plans of the statement that applies a change")
          .isLessThan(REFRESHES / 2);
    }
  }
}
