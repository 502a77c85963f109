package dev.pgtrickle.cli.stress.planted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.cli.stress.bank.Bank;
import dev.pgtrickle.cli.stress.bank.WatchedTable;
import dev.pgtrickle.cli.stress.bank.WatchedTable.Maintenance;
import dev.pgtrickle.cli.stress.comparison.ImageComparison;
import dev.pgtrickle.engine.definition.Fallback;
import dev.pgtrickle.engine.definition.Limits;
import dev.pgtrickle.engine.definition.Origin;
import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.definition.Schedule;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.definition.StreamTableDefinition.Activity;
import dev.pgtrickle.engine.definition.Wake;
import dev.pgtrickle.engine.postgres.ConnectionTarget;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.runtime.EngineListener;
import dev.pgtrickle.engine.runtime.EngineOptions;
import dev.pgtrickle.engine.runtime.EngineRules;
import dev.pgtrickle.engine.runtime.StreamTableEngine;
import dev.pgtrickle.engine.runtime.StreamTableEngines;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.SqlSession;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The shortest story that a watermark loses: one writer begins, another begins and commits, the
 * table is refreshed, the first commits.
 */
class LateCommitTest {
  private static final WatchedTable TABLE =
      new WatchedTable(
          "branch_total",
          "SELECT branch, count(*) AS accounts, sum(balance) AS total"
              + " FROM public.account GROUP BY branch",
          "",
          Optional.empty(),
          Maintenance.DIFFERENTIAL);
  private static final QualifiedName RELATION = QualifiedName.of("public", TABLE.name());
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @ParameterizedTest
  @MethodSource("dev.pgtrickle.testbed.postgres.TestServers#versions")
  void aWriterThatCommitsLateIsNotLost(PostgresVersion version) throws Exception {
    assertThat(differencesWith(version, EngineRules.standard())).isZero();
  }

  @ParameterizedTest
  @MethodSource("dev.pgtrickle.testbed.postgres.TestServers#versions")
  void aWatermarkLosesIt(PostgresVersion version) throws Exception {
    assertThat(differencesWith(version, PlantedRules.create())).isPositive();
  }

  private static long differencesWith(PostgresVersion version, EngineRules rules) throws Exception {
    try (TestDatabase database = TestDatabase.create(version);
        Connection early = database.connect();
        Connection late = database.connect()) {
      Bank.install(early);
      try (StreamTableEngine engine = open(database, rules)) {
        engine.apply(definition());
        engine.await(definition().relation(), Duration.ofMinutes(1));
        new SqlSession(early).execute("BEGIN", update(1));
        new SqlSession(late).execute(update(2));
        refresh(engine);
        new SqlSession(early).execute("COMMIT");
        refresh(engine);
      }
      return new ImageComparison(List.of(TABLE)).differences(late).get(TABLE.name());
    }
  }

  private static String update(int account) {
    return "UPDATE public.account SET balance = balance + 1 WHERE id = " + account;
  }

  private static void refresh(StreamTableEngine engine) {
    engine.refresh(RELATION, Optional.of(RefreshMode.DIFFERENTIAL), PATIENCE);
  }

  private static StreamTableEngine open(TestDatabase database, EngineRules rules) {
    return StreamTableEngines.open(
        new ConnectionTarget(
            "jdbc:postgresql://127.0.0.1:%d/%s?sslmode=disable"
                .formatted(database.server().port(), database.name()),
            database.user(),
            ""),
        EngineOptions.defaults("test"),
        EngineListener.silent(),
        rules);
  }

  private static StreamTableDefinition definition() {
    return new StreamTableDefinition(
        RELATION,
        TABLE.query(),
        RefreshMode.DIFFERENTIAL,
        Fallback.NEVER,
        new Schedule.Manual(),
        Wake.AUTO,
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        Limits.defaults(),
        Activity.ACTIVE,
        new Origin("stress", "branch-total", ""));
  }
}
