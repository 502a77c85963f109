package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgtrickle.engine.lifecycle.ApplyOutcome;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** P8: in place and by difference, read-only for everybody, never empty by mistake. */
class P8ReadOnlyViewTest {
  private static final String QUERY =
      "SELECT branch, count(*) AS n FROM public.entry GROUP BY branch";

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void nobody_writes_through_the_view_or_into_storage(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = populated(version)) {
      String storage =
          "pgtrickle_data."
              + fixture.database.queryText("SELECT storage_name FROM pgtrickle.storage_version");
      for (String write :
          List.of(
              "DELETE FROM totals",
              "UPDATE totals SET n = 0",
              "INSERT INTO totals VALUES (9, 9)",
              "DELETE FROM " + storage,
              "TRUNCATE " + storage,
              "UPDATE " + storage + " SET n = 0")) {
        assertThatThrownBy(() -> fixture.database.execute(write))
            .as(write)
            .isInstanceOfSatisfying(
                SQLException.class,
                refused -> assertThat(refused.getSQLState()).isIn("42501", "55000"));
      }
      // A superuser has every right, and is stopped all the same.
      assertThatThrownBy(() -> fixture.database.executeAsSuperuser("DELETE FROM public.totals"))
          .isInstanceOfSatisfying(
              SQLException.class, refused -> assertThat(refused.getSQLState()).isEqualTo("55000"));
      fixture.assertExact("totals", QUERY);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void a_snapshot_from_before_the_load_gets_55000_and_not_an_empty_answer(PostgresVersion version)
      throws Exception {
    try (EngineFixture fixture = new EngineFixture(version)) {
      fixture.database.execute(
          "CREATE TABLE entry (id int, branch int NOT NULL)",
          "INSERT INTO entry SELECT g, g % 3 FROM generate_series(1, 30) AS g");
      SqlSession early = fixture.session();
      early.execute("BEGIN ISOLATION LEVEL REPEATABLE READ", "SELECT 1");
      fixture.start();
      fixture.bring(fixture.manual("totals", QUERY));
      assertThat(fixture.database.queryLong("SELECT count(*) FROM totals")).isEqualTo(3);
      assertThatThrownBy(() -> early.queryLong("SELECT count(*) FROM totals"))
          .isInstanceOfSatisfying(
              SQLException.class, refused -> assertThat(refused.getSQLState()).isEqualTo("55000"));
      early.execute("ROLLBACK");
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void the_view_stops_asking_once_nobody_can_have_an_older_snapshot(PostgresVersion version)
      throws Exception {
    try (EngineFixture fixture = populated(version)) {
      SqlSession reader = fixture.session();
      EngineFixture.await(
          "the gate opens",
          () ->
              fixture.database.queryLong(
                      "SELECT count(*) FROM pgtrickle.storage_version WHERE gate_open")
                  == 1);
      assertThat(reader.queryText("SELECT pg_get_viewdef('totals'::regclass)"))
          .doesNotContain("require_populated");
      fixture.assertExact("totals", QUERY);
      assertThatThrownBy(() -> fixture.database.execute("DELETE FROM totals"))
          .isInstanceOf(SQLException.class);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void a_full_refresh_changes_only_what_differs_and_an_open_reader_keeps_its_answer(
      PostgresVersion version) throws Exception {
    try (EngineFixture fixture = populated(version)) {
      SqlSession reader = fixture.session();
      reader.execute("BEGIN ISOLATION LEVEL REPEATABLE READ");
      String before =
          reader.queryText("SELECT string_agg(t::text, ' ' ORDER BY branch) FROM totals t");
      fixture.database.execute(
          "INSERT INTO entry VALUES (100, 1)", "DELETE FROM entry WHERE branch = 2");
      RefreshReport report = fixture.refreshFully("totals");
      assertThat(report.mode()).isEqualTo("Full");
      assertThat(report.rowsUpdated()).isEqualTo(1);
      assertThat(report.rowsDeleted()).isEqualTo(1);
      assertThat(report.rowsInserted()).isZero();
      assertThat(reader.queryText("SELECT string_agg(t::text, ' ' ORDER BY branch) FROM totals t"))
          .isEqualTo(before);
      reader.execute("COMMIT");
      fixture.assertExact("totals", QUERY);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void a_relation_that_is_not_ours_is_never_touched(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = new EngineFixture(version)) {
      fixture.database.execute(
          "CREATE TABLE entry (id int, branch int)", "CREATE TABLE totals (precious text)");
      fixture.start();
      assertThat(fixture.engine().apply(fixture.manual("totals", QUERY)))
          .isEqualTo(new ApplyOutcome.ObjectExists());
      assertThat(fixture.database.queryLong("SELECT count(*) FROM pgtrickle.stream_table"))
          .isZero();
      assertThat(
              fixture.database.queryLong(
                  "SELECT count(*) FROM pg_trigger WHERE tgrelid = 'entry'::regclass"))
          .isZero();
    }
  }

  private static EngineFixture populated(PostgresVersion version) throws SQLException {
    EngineFixture fixture = new EngineFixture(version);
    fixture.database.execute(
        "CREATE TABLE entry (id int, branch int NOT NULL)",
        "INSERT INTO entry SELECT g, g % 3 FROM generate_series(1, 30) AS g");
    fixture.start();
    fixture.bring(fixture.manual("totals", QUERY));
    fixture.assertExact("totals", QUERY);
    return fixture;
  }
}
