package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.definition.Schedule;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.verify.VerificationResult;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.SqlSession;
import dev.pgtrickle.testbed.postgres.TestServers;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

class EngineTest {
  private static final String TOTALS =
      "SELECT branch, count(*) AS n, sum(amount) AS total FROM public.entry GROUP BY branch";
  private static final String LARGE =
      "SELECT branch, amount, note FROM public.entry WHERE amount > 50";
  private static final String KEYED = "SELECT id, amount, upper(note) AS note FROM public.entry";
  private static final String GLOBAL =
      "SELECT count(*) AS n, sum(amount) AS total FROM public.entry";

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void tables_follow_their_sources_on_change(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = withEntries(version)) {
      fixture.start();
      fixture.bring(onChange(fixture, "totals", TOTALS));
      fixture.bring(onChange(fixture, "large", LARGE));
      fixture.bring(onChange(fixture, "keyed", KEYED));
      fixture.bring(onChange(fixture, "everything", GLOBAL));
      fixture.database.execute(
          "INSERT INTO entry SELECT g, g % 7, g, 'new ' || g FROM generate_series(1001, 1200) AS g",
          "UPDATE entry SET amount = amount + 1 WHERE id % 10 = 0",
          "UPDATE entry SET id = id + 5000 WHERE id BETWEEN 20 AND 25",
          "DELETE FROM entry WHERE branch = 3",
          "UPDATE entry SET branch = NULL WHERE id = 7");
      EngineFixture.await(
          "all tables equal their queries",
          () ->
              fixture.differences("totals", TOTALS) == 0
                  && fixture.differences("large", LARGE) == 0
                  && fixture.differences("keyed", KEYED) == 0
                  && fixture.differences("everything", GLOBAL) == 0);
      assertThat(
              fixture.database.queryLong(
                  "SELECT count(*) FROM pgtrickle.history WHERE mode = 'Full' AND cause <> 'Initial'"))
          .isZero();
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void many_changes_at_once_go_the_staged_way_and_are_exact(PostgresVersion version)
      throws Exception {
    try (EngineFixture fixture = withEntries(version)) {
      fixture.start();
      fixture.bring(fixture.manual("totals", TOTALS));
      fixture.bring(fixture.manual("large", LARGE));
      fixture.bring(fixture.manual("keyed", KEYED));
      fixture.database.execute(
          "INSERT INTO entry SELECT g, g % 7, g, 'x' FROM generate_series(2000, 9000) AS g",
          "UPDATE entry SET note = note || '!' WHERE id % 3 = 0");
      assertThat(fixture.refresh("totals").mode()).isEqualTo("Differential");
      fixture.refresh("large");
      fixture.refresh("keyed");
      fixture.assertExact("totals", TOTALS);
      fixture.assertExact("large", LARGE);
      fixture.assertExact("keyed", KEYED);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void truncate_and_other_gaps_end_exact(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = withEntries(version)) {
      fixture.start();
      fixture.bring(fixture.manual("totals", TOTALS));
      fixture.database.execute("TRUNCATE entry", "INSERT INTO entry VALUES (1, 1, 1, 'one')");
      fixture.refresh("totals");
      fixture.assertExact("totals", TOTALS);
      fixture.database.execute(
          "ALTER TABLE entry DISABLE TRIGGER ALL",
          "INSERT INTO entry VALUES (2, 1, 2, 'unseen')",
          "ALTER TABLE entry ENABLE TRIGGER ALL");
      RefreshReport repaired = fixture.refresh("totals");
      assertThat(repaired.mode()).isEqualTo("Full");
      fixture.assertExact("totals", TOTALS);
      fixture.database.execute(
          "ALTER TABLE entry ALTER COLUMN amount TYPE numeric(12,2) USING amount * 2");
      fixture.database.execute("VACUUM FULL entry");
      fixture.refresh("totals");
      fixture.assertExact("totals", TOTALS);
      fixture.database.execute("INSERT INTO entry VALUES (3, 1, 2, 'again')");
      assertThat(fixture.refresh("totals").mode()).isEqualTo("Differential");
      fixture.assertExact("totals", TOTALS);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void a_worker_that_died_is_followed_by_one_that_goes_on(PostgresVersion version)
      throws Exception {
    try (EngineFixture fixture = withEntries(version)) {
      fixture.start();
      fixture.bring(onChange(fixture, "totals", TOTALS));
      fixture.engine().close();
      fixture.database.execute("DELETE FROM entry WHERE id < 100");
      fixture.start();
      EngineFixture.await(
          "the table is current again", () -> fixture.differences("totals", TOTALS) == 0);
      assertThat(
              fixture.database.queryText(
                  "SELECT mode FROM pgtrickle.history ORDER BY id DESC LIMIT 1"))
          .isEqualTo("Differential");
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void verify_compares_by_image_while_changes_are_pending(PostgresVersion version)
      throws Exception {
    try (EngineFixture fixture = withEntries(version)) {
      fixture.start();
      fixture.bring(fixture.manual("keyed", KEYED));
      fixture.database.execute("UPDATE entry SET amount = amount * 2 WHERE id < 50");
      QualifiedName keyed = QualifiedName.of("public", "keyed");
      assertThat(fixture.engine().verify(keyed).verdict())
          .isEqualTo(VerificationResult.Verdict.EXACT);
      try (EngineClient client = StreamTableEngines.client(fixture.target())) {
        assertThat(client.verify(keyed).verdict()).isEqualTo(VerificationResult.Verdict.EXACT);
      }
      fixture.database.execute(
          "BEGIN; SET LOCAL pgtrickle.writing = 'refresh'; UPDATE pgtrickle_data.%s SET note = 'forged' WHERE id = 60; COMMIT"
              .formatted(
                  fixture.database.queryText(
                      "SELECT storage_name FROM pgtrickle.storage_version")));
      VerificationResult forged = fixture.engine().verify(keyed);
      assertThat(forged.verdict()).isEqualTo(VerificationResult.Verdict.DIFFERENT);
      assertThat(forged.missing()).isEqualTo(1);
      assertThat(forged.surplus()).isEqualTo(1);
      assertThat(forged.examples()).anyMatch(line -> line.contains("forged"));
      fixture.refreshFully("keyed");
      assertThat(fixture.engine().verify(keyed).verdict())
          .isEqualTo(VerificationResult.Verdict.EXACT);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void a_negative_multiplicity_stops_the_table_and_names_the_key(PostgresVersion version)
      throws Exception {
    try (EngineFixture fixture = withEntries(version)) {
      fixture.start();
      fixture.bring(fixture.manual("totals", TOTALS));
      String buffer =
          fixture.database.queryText(
              "SELECT relname FROM pg_class WHERE relname LIKE 'changes%a' AND relkind = 'r'");
      fixture.database.execute(
          "INSERT INTO pgtrickle_data.%s (xid, weight, c2, c3) VALUES (pg_current_xact_id(), -1, 4711, 1)"
              .formatted(buffer));
      assertThatThrownBy(() -> fixture.refresh("totals"))
          .isInstanceOfSatisfying(
              TrickleException.class,
              stopped -> {
                assertThat(stopped.code()).isEqualTo(ErrorCode.NEGATIVE_MULTIPLICITY);
                assertThat(stopped.what()).contains("4711");
              });
      assertThat(fixture.engine().report().getFirst().state()).isEqualTo("stalled");
      fixture.refreshFully("totals");
      assertThat(fixture.engine().report().getFirst().state()).isEqualTo("active");
      fixture.assertExact("totals", TOTALS);
    }
  }

  /** Takes ten seconds, and the server has no part in it: the newest is enough. */
  @Test
  void a_stopped_table_stays_so_when_a_request_for_it_fails_for_a_while() throws Exception {
    try (EngineFixture fixture = withEntries(TestServers.newest())) {
      fixture.start();
      Schedule often = new Schedule.Every(Duration.ofMillis(100));
      fixture.bring(fixture.definition("totals", TOTALS, often, RefreshMode.AUTO));
      String buffer =
          fixture.database.queryText(
              "SELECT relname FROM pg_class WHERE relname LIKE 'changes%a' AND relkind = 'r'");
      fixture.database.execute(
          "INSERT INTO pgtrickle_data.%s (xid, weight, c2, c3) VALUES (pg_current_xact_id(), -1, 4711, 1)"
              .formatted(buffer));
      EngineFixture.await("it is stopped", () -> stops(fixture) == 1);
      SqlSession migration = fixture.session();
      migration.execute("BEGIN", "LOCK TABLE entry IN ACCESS EXCLUSIVE MODE");
      assertThatThrownBy(() -> fixture.refreshFully("totals"))
          .isInstanceOfSatisfying(
              TrickleException.class,
              passing -> assertThat(passing.code()).isEqualTo(ErrorCode.LOCK_TIMEOUT));
      migration.execute("COMMIT");
      // Were it scheduled again, it would have been refreshed, and stopped, several times by then.
      Thread.sleep(1000);
      assertThat(stops(fixture)).isEqualTo(1);
      assertThat(fixture.engine().report().getFirst().state()).isEqualTo("stalled");
      fixture.refreshFully("totals");
      assertThat(fixture.engine().report().getFirst().state()).isEqualTo("active");
      fixture.assertExact("totals", TOTALS);
    }
  }

  private static long stops(EngineFixture fixture) {
    synchronized (fixture.events) {
      return fixture.events.stream().filter(EngineEvent.Stalled.class::isInstance).count();
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void uninstall_removes_everything_and_leaves_the_sources_alone(PostgresVersion version)
      throws Exception {
    try (EngineFixture fixture = withEntries(version)) {
      fixture.start();
      fixture.bring(fixture.manual("totals", TOTALS));
      try (EngineClient client = StreamTableEngines.client(fixture.target())) {
        client.uninstall();
      }
      fixture.database.execute("INSERT INTO entry VALUES (77777, 1, 1, 'free')");
      assertThat(
              fixture.database.queryLong(
                  "SELECT count(*) FROM pg_trigger WHERE tgrelid = 'entry'::regclass"))
          .isZero();
      assertThat(
              fixture.database.queryLong(
                  "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'pgtrickle%'"))
          .isZero();
    }
  }

  /**
   * No session of the engine may be left, or it would be asked instead: what is open already finds
   * out in another way.
   */
  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void an_engine_says_that_it_was_uninstalled_to_whoever_needs_a_new_session(
      PostgresVersion version) throws Exception {
    try (EngineFixture fixture = withEntries(version)) {
      StreamTableEngine engine = fixture.start();
      try (EngineClient client = StreamTableEngines.client(fixture.target())) {
        client.uninstall();
      }
      fixture.database.query(
          """
          SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND pid <> pg_backend_pid()\
          """);
      EngineFixture.await(
          "said to be gone",
          () ->
              catchThrowableOfType(TrickleException.class, engine::report).code()
                  == ErrorCode.NOT_FOUND);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void uninstall_names_what_depends_on_stream_tables_and_removes_nothing(PostgresVersion version)
      throws Exception {
    try (EngineFixture fixture = withEntries(version)) {
      fixture.start();
      fixture.bring(fixture.manual("totals", TOTALS));
      fixture.database.execute("CREATE VIEW top AS SELECT * FROM totals ORDER BY total LIMIT 3");
      try (EngineClient client = StreamTableEngines.client(fixture.target())) {
        assertThatThrownBy(client::uninstall)
            .isInstanceOfSatisfying(
                TrickleException.class,
                refused -> {
                  assertThat(refused.code()).isEqualTo(ErrorCode.DEPENDANTS_EXIST);
                  assertThat(refused.what()).contains("view public.top");
                });
        fixture.database.execute("UPDATE entry SET amount = 1 WHERE id = 1");
        fixture.refresh("totals");
        fixture.assertExact("totals", TOTALS);
        fixture.database.execute("DROP VIEW top");
        client.uninstall();
      }
      assertThat(
              fixture.database.queryLong("SELECT count(*) FROM pg_class WHERE relname = 'totals'"))
          .isZero();
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void uninstall_leaves_a_view_alone_that_only_bears_the_name(PostgresVersion version)
      throws Exception {
    try (EngineFixture fixture = withEntries(version)) {
      fixture.start();
      fixture.database.execute(
          "CREATE VIEW mine AS SELECT 1 AS one",
          """
          INSERT INTO pgtrickle.stream_table
            (relation_schema, relation_name, origin_namespace, origin_name, origin_uid,
             definition, definition_hash, state)
          VALUES ('public', 'mine', 'test', 'mine', 'uid', '{}', '', 'creating')\
          """);
      try (EngineClient client = StreamTableEngines.client(fixture.target())) {
        client.uninstall();
      }
      assertThat(fixture.database.queryLong("SELECT one FROM mine")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void a_request_that_meets_a_lock_runs_until_the_lock_is_gone(PostgresVersion version)
      throws Exception {
    try (EngineFixture fixture = withEntries(version)) {
      fixture.start();
      fixture.bring(fixture.manual("totals", TOTALS));
      fixture.database.execute("DELETE FROM entry WHERE id < 10");
      SqlSession migration = fixture.session();
      migration.execute("BEGIN", "LOCK TABLE entry IN ACCESS EXCLUSIVE MODE");
      CompletableFuture<RefreshReport> refreshed =
          CompletableFuture.supplyAsync(() -> fixture.refresh("totals"));
      EngineFixture.await(
          "the request runs",
          () ->
              fixture.database.queryLong(
                      "SELECT count(*) FROM pgtrickle.request WHERE state = 'Running'")
                  == 1);
      // Longer than one lock request of ours: the first attempts must have failed.
      Thread.sleep(1500);
      assertThat(refreshed).isNotDone();
      migration.execute("COMMIT");
      assertThat(refreshed.get(20, TimeUnit.SECONDS).mode()).isEqualTo("Differential");
      fixture.assertExact("totals", TOTALS);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void after_a_gap_in_capture_the_table_is_as_of_its_last_refresh(PostgresVersion version)
      throws Exception {
    try (EngineFixture fixture = withEntries(version)) {
      fixture.start();
      fixture.bring(fixture.manual("totals", TOTALS));
      Instant before =
          Instant.parse(
              fixture.database.queryText(
                  "SELECT to_json(clock_timestamp() AT TIME ZONE 'UTC') #>> '{}' || 'Z'"));
      fixture.database.execute(
          "ALTER TABLE entry DISABLE TRIGGER ALL",
          "INSERT INTO entry VALUES (7001, 1, 2, 'unseen')",
          "ALTER TABLE entry ENABLE TRIGGER ALL");
      EngineFixture.await(
          "status owns that it is behind",
          () -> fixture.engine().report().getFirst().dataTime().orElseThrow().isBefore(before));
      fixture.refresh("totals");
      assertThat(fixture.engine().report().getFirst().dataTime().orElseThrow()).isAfter(before);
      fixture.assertExact("totals", TOTALS);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void a_second_worker_takes_over_and_the_first_one_ends(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = withEntries(version)) {
      StreamTableEngine first = fixture.start();
      fixture.bring(onChange(fixture, "totals", TOTALS));
      StreamTableEngine second = fixture.start();
      fixture.database.execute("DELETE FROM entry WHERE id < 500");
      EngineFixture.await("the first one ends", () -> first.ended().isPresent());
      assertThat(first.ended().map(TrickleException::code)).contains(ErrorCode.FENCED_OUT);
      first.close();
      EngineFixture.await(
          "the second one keeps the table", () -> fixture.differences("totals", TOTALS) == 0);
      assertThat(second.ended()).isEmpty();
    }
  }

  private static dev.pgtrickle.engine.definition.StreamTableDefinition onChange(
      EngineFixture fixture, String name, String query) {
    return fixture.definition(name, query, new Schedule.OnChange(), RefreshMode.AUTO);
  }

  private static EngineFixture withEntries(PostgresVersion version) throws SQLException {
    EngineFixture fixture = new EngineFixture(version);
    fixture.database.execute(
        """
        CREATE TABLE entry (id int PRIMARY KEY, branch int, amount numeric(10,2), note text)\
        """,
        """
        INSERT INTO entry
        SELECT g, nullif(g % 7, 0), (g % 100) * 1.01, 'note ' || g FROM generate_series(1, 1000) AS g\
        """);
    return fixture;
  }
}
