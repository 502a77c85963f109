package dev.pgtrickle.engine.runtime;

import static dev.pgtrickle.engine.runtime.SharesFixture.SHARES;
import static dev.pgtrickle.engine.runtime.SharesFixture.assertForbidden;
import static dev.pgtrickle.engine.runtime.SharesFixture.withShares;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.definition.Schedule;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** The views say in SQL what status says, of the same moment and in the same words. */
class SqlViewsTest {

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void what_has_read_every_change_is_as_of_now(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = withShares(version)) {
      assertAgreement(fixture, "active", Freshness.PRESENT);
      fixture.database.execute("INSERT INTO entry VALUES (100, 1, 4)");
      assertAgreement(fixture, "active", Freshness.LAST_REFRESH);
      assertThat(unreadSources(fixture)).isEqualTo(1);
      fixture.refresh("shares");
      assertAgreement(fixture, "active", Freshness.PRESENT);
      assertThat(unreadSources(fixture)).isZero();
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void what_stands_still_is_as_of_its_last_refresh(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = withShares(version)) {
      fixture.database.execute("INSERT INTO entry VALUES (100, 1, 0)");
      fixture.tryRefresh("shares");
      assertAgreement(fixture, "stalled", Freshness.LAST_REFRESH);
      assertThat(
              fixture.database.query(
                  "SELECT stall_code, consecutive_failures > 0 FROM pgtrickle.stream_tables"))
          .containsExactly(List.of("QueryFailed", true));
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void a_suspended_table_is_current_until_something_changes(PostgresVersion version)
      throws Exception {
    try (EngineFixture fixture = withShares(version)) {
      fixture.engine().apply(suspended(fixture.manual("shares", SHARES)));
      EngineFixture.await(
          "suspended",
          () -> fixture.engine().report().getFirst().phase() == StreamTableReport.Phase.SUSPENDED);
      assertAgreement(fixture, "suspended", Freshness.PRESENT);
      fixture.database.execute("INSERT INTO entry VALUES (100, 1, 4)");
      assertAgreement(fixture, "suspended", Freshness.LAST_REFRESH);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void where_changes_may_be_missing_nothing_is_known_of_the_time_since(PostgresVersion version)
      throws Exception {
    try (EngineFixture fixture = withShares(version)) {
      fixture.engine().close();
      fixture.database.execute("UPDATE pgtrickle.source SET horizon = NULL");
      assertAgreement(fixture, "active", Freshness.LAST_REFRESH);
      fixture.database.execute(
          "UPDATE pgtrickle.source SET horizon = (SELECT snapshot FROM pgtrickle.frontier)");
      assertAgreement(fixture, "active", Freshness.PRESENT);
      fixture.database.execute("UPDATE pgtrickle.source SET lease_until = now()");
      assertAgreement(fixture, "active", Freshness.LAST_REFRESH);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void what_moves_with_the_clock_is_as_of_its_last_refresh(PostgresVersion version)
      throws Exception {
    try (EngineFixture fixture = withShares(version)) {
      fixture.bring(
          fixture.definition(
              "recent",
              "SELECT id FROM public.entry WHERE now() > timestamptz '2000-01-01' + id * interval '1 day'",
              new Schedule.Every(Duration.ofHours(1)),
              RefreshMode.AUTO));
      fixture.engine().close();
      fixture.database.execute("DELETE FROM pgtrickle.stream_table WHERE relation_name = 'shares'");
      assertAgreement(fixture, "active", Freshness.LAST_REFRESH);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void who_looks_with_an_old_snapshot_is_told_of_its_moment(PostgresVersion version)
      throws Exception {
    try (EngineFixture fixture = withShares(version)) {
      SqlSession reader = fixture.session();
      reader.execute("BEGIN ISOLATION LEVEL REPEATABLE READ");
      String before = reader.queryText("SELECT data_time FROM pgtrickle.stream_table_lag");
      fixture.database.execute("INSERT INTO entry VALUES (100, 1, 4)");
      fixture.refresh("shares");
      assertThat(reader.queryText("SELECT data_time FROM pgtrickle.stream_table_lag"))
          .as("what was committed since is not in the table that it sees")
          .isEqualTo(before);
      reader.execute("COMMIT");
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void who_does_not_ask_for_the_lag_does_not_make_us_look_for_changes(PostgresVersion version)
      throws Exception {
    try (EngineFixture fixture = withShares(version);
        SqlUser reader = new SqlUser(fixture.database, "reader")) {
      fixture.database.execute("GRANT SELECT ON pgtrickle.stream_tables TO " + reader.role());
      SqlSession session = reader.session();
      assertThat(session.query("SELECT relation, state, refreshed_at FROM pgtrickle.stream_tables"))
          .hasSize(1);
      // The function that looks is the only thing that it may not use.
      assertForbidden(() -> session.query("SELECT relation, lag FROM pgtrickle.stream_tables"));
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void the_history_has_what_each_refresh_did(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = withShares(version)) {
      fixture.database.execute(
          "INSERT INTO entry VALUES (100, 7, 4), (101, 1, 5)", "DELETE FROM entry WHERE id = 30");
      fixture.refresh("shares");
      fixture.database.execute("INSERT INTO entry VALUES (102, 1, 0)");
      fixture.tryRefresh("shares");
      assertThat(
              fixture.database.query(
                  """
                  SELECT cause, mode, changes, rows_inserted, rows_updated, rows_deleted, result, error_code
                  FROM pgtrickle.refresh_history WHERE relation = 'public.shares' ORDER BY id\
                  """))
          .containsExactly(
              Arrays.asList("Initial", "Full", null, 3L, 0L, 0L, "Succeeded", null),
              Arrays.asList("Request", "Differential", 3L, 1L, 2L, 0L, "Succeeded", null),
              Arrays.asList("Request", "Differential", null, 0L, 0L, 0L, "Failed", "QueryFailed"));
    }
  }

  private enum Freshness {
    PRESENT,
    LAST_REFRESH
  }

  /** Of the one table of the database. */
  private static void assertAgreement(EngineFixture fixture, String state, Freshness freshness)
      throws SQLException {
    StreamTableReport report;
    try (EngineClient client = StreamTableEngines.client(fixture.target())) {
      report = client.report().getFirst();
    }
    assertThat(report.state()).isEqualTo(state);
    assertThat(
            fixture.database.query(
                """
                SELECT relation, state, mode, class, reason, schedule, populated
                FROM pgtrickle.stream_tables\
                """))
        .containsExactly(
            List.of(
                report.relation().quoted().replace("\"", ""),
                report.state(),
                report.mode(),
                report.planClass(),
                report.reason(),
                report.schedule(),
                true));
    Instant refreshed = instant(fixture, "SELECT refreshed_at FROM pgtrickle.stream_tables");
    Instant dataTime = instant(fixture, "SELECT data_time FROM pgtrickle.stream_table_lag");
    assertThat(
            fixture.database.queryLong(
                "SELECT (lag = interval '0')::int FROM pgtrickle.stream_tables"))
        .isEqualTo(report.lag().equals(Optional.of(Duration.ZERO)) ? 1 : 0);
    switch (freshness) {
      case PRESENT -> {
        assertThat(report.dataTime().orElseThrow()).isAfter(refreshed);
        assertThat(dataTime).isAfter(refreshed);
      }
      case LAST_REFRESH -> {
        assertThat(report.dataTime()).contains(refreshed);
        assertThat(dataTime).isEqualTo(refreshed);
      }
    }
  }

  private static Instant instant(EngineFixture fixture, String query) throws SQLException {
    Object value = fixture.database.query(query).getFirst().getFirst();
    return ((java.sql.Timestamp) java.util.Objects.requireNonNull(value)).toInstant();
  }

  private static long unreadSources(EngineFixture fixture) throws SQLException {
    return fixture.database.queryLong("SELECT unread_sources FROM pgtrickle.stream_table_lag");
  }

  private static StreamTableDefinition suspended(StreamTableDefinition definition) {
    return new StreamTableDefinition(
        definition.relation(),
        definition.query(),
        definition.mode(),
        definition.fallback(),
        definition.schedule(),
        definition.wake(),
        definition.owner(),
        definition.primaryKey(),
        definition.indexes(),
        definition.grants(),
        definition.limits(),
        StreamTableDefinition.Activity.SUSPENDED,
        definition.origin(),
        definition.policies());
  }
}
