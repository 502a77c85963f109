package dev.pgtrickle.engine.runtime;

import static dev.pgtrickle.engine.runtime.SharesFixture.ASK;
import static dev.pgtrickle.engine.runtime.SharesFixture.CALL;
import static dev.pgtrickle.engine.runtime.SharesFixture.refresher;
import static dev.pgtrickle.engine.runtime.SharesFixture.withShares;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pgtrickle.engine.postgres.SqlErrors;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** P15: who may only ask sees what became of it, and nothing of the rows or of other askers. */
class P15WhatAskersSeeTest {
  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void it_sees_that_a_refresh_failed_and_not_what_the_rows_were(PostgresVersion version)
      throws Exception {
    try (EngineFixture fixture = withShares(version);
        SqlUser refresher = refresher(fixture)) {
      SqlSession session = refresher.session();
      fixture.database.execute("INSERT INTO entry VALUES (100, 1, 0)");
      SQLException failure = catchThrowableOfType(SQLException.class, () -> session.execute(CALL));
      assertThat(failure.getSQLState()).isEqualTo("PT101");
      assertThat(SqlErrors.detail(failure)).contains("QueryFailed");
      assertThat(SqlErrors.message(failure)).startsWith("QueryFailed: ").doesNotContain("zero");
      String told =
          """
          SELECT concat_ws(' ', t.query, t.reason, t.last_failure, t.stall_message, t.stall_remedy,
                           h.reason, h.message, r.message)
          FROM pgtrickle.stream_tables AS t
          JOIN pgtrickle.refresh_history AS h ON h.relation = t.relation AND h.result = 'Failed'
          JOIN pgtrickle.refresh_requests AS r ON r.relation = t.relation AND r.state = 'Failed'\
          """;
      assertThat(session.query(told)).containsExactly(one(""));
      assertThat(
              session.queryText(
                  """
                  SELECT concat_ws(' ', t.state, t.stall_code, h.error_code, r.error_code)
                  FROM pgtrickle.stream_tables AS t
                  JOIN pgtrickle.refresh_history AS h ON h.relation = t.relation AND h.result = 'Failed'
                  JOIN pgtrickle.refresh_requests AS r ON r.relation = t.relation\
                  """))
          .isEqualTo("stalled QueryFailed QueryFailed QueryFailed");
      assertThat(fixture.database.queryText(told)).contains("100 / ", "division by zero");
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void it_neither_sees_nor_disturbs_what_others_ask(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = withShares(version);
        SqlUser refresher = refresher(fixture)) {
      SqlSession session = refresher.session();
      fixture.engine().request(fixture.relation("shares"), Optional.empty(), "theirs");
      session.execute(
          "SELECT pgtrickle.refresh_stream_table('public', 'shares', token => 'theirs')",
          "SELECT pgtrickle.refresh_stream_table('public', 'shares', token => 'mine')");
      // A function of its own that is asked before the condition of the view would tell.
      session.execute(
          """
          CREATE FUNCTION pg_temp.told(word text) RETURNS boolean LANGUAGE plpgsql COST 0.0001
          AS 'BEGIN RAISE NOTICE ''%'', word; RETURN true; END'\
          """);
      assertThat(
              notices(
                  session,
                  "SELECT * FROM pgtrickle.refresh_requests WHERE pg_temp.told(requested_by::text)"))
          .containsOnly(refresher.role());
      assertThat(session.query("SELECT requested_by::text, token FROM pgtrickle.refresh_requests"))
          .containsExactlyInAnyOrder(
              List.of(refresher.role(), "theirs"), List.of(refresher.role(), "mine"));
      assertThat(fixture.database.queryLong("SELECT count(*) FROM pgtrickle.refresh_requests"))
          .as("two logins, two askers: the same word means two requests")
          .isEqualTo(3);
      assertThat(fixture.engine().report().getFirst().life().request())
          .hasValueSatisfying(request -> assertThat(request.token()).isEqualTo("theirs"));
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void it_asks_in_the_name_of_its_login_whatever_role_it_takes_on(PostgresVersion version)
      throws Exception {
    try (EngineFixture fixture = withShares(version);
        SqlUser refresher = refresher(fixture);
        SqlUser clerk = new SqlUser(fixture.database, "clerk")) {
      fixture.database.executeAsSuperuser(
          "GRANT %s TO %s".formatted(refresher.role(), clerk.role()));
      clerk.session().execute("SET ROLE " + refresher.role(), ASK, CALL);
      assertThat(
              fixture.database.query(
                  "SELECT DISTINCT requested_by::text FROM pgtrickle.refresh_requests"))
          .containsExactly(one(clerk.role()));
    }
  }

  private static List<String> notices(SqlSession session, String sql) throws SQLException {
    List<String> notices = new ArrayList<>();
    try (Statement statement = session.connection().createStatement()) {
      statement.execute(sql);
      for (SQLWarning said = statement.getWarnings(); said != null; said = said.getNextWarning()) {
        notices.add(said.getMessage());
      }
    }
    return notices;
  }

  private static List<Object> one(String value) {
    return List.of(value);
  }
}
