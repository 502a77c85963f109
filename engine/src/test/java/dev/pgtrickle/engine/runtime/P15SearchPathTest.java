package dev.pgtrickle.engine.runtime;

import static dev.pgtrickle.engine.runtime.SharesFixture.ASK;
import static dev.pgtrickle.engine.runtime.SharesFixture.CALL;
import static dev.pgtrickle.engine.runtime.SharesFixture.refresher;
import static dev.pgtrickle.engine.runtime.SharesFixture.withShares;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** P15: what a caller puts in front of PostgreSQL's own names is called by nothing of ours. */
class P15SearchPathTest {

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void functions_and_operators_of_the_caller_are_not_called(PostgresVersion version)
      throws Exception {
    try (EngineFixture fixture = withShares(version);
        SqlUser refresher = refresher(fixture)) {
      SqlSession session = refresher.session();
      plant(fixture, refresher);
      assertThat(session.queryText("SELECT 'a'::text = 'b'::text"))
          .as("they are what the caller's own statements call")
          .isEqualTo("t");
      session.execute(
          ASK,
          CALL,
          "SELECT * FROM pgtrickle.stream_tables",
          "SELECT * FROM pgtrickle.stream_table_lag",
          "SELECT * FROM pgtrickle.refresh_history",
          "SELECT * FROM pgtrickle.refresh_requests");
      assertThat(fixture.database.query("SELECT DISTINCT name || ' ' || caller FROM evil.called"))
          .as("but for the one that shows that they work")
          .containsExactly(java.util.List.<Object>of("same " + refresher.role()));
    }
  }

  /** Each of them notes who called it, and answers so that a wrong call would end well. */
  private static void plant(EngineFixture fixture, SqlUser refresher) throws SQLException {
    fixture.database.execute(
        "CREATE SCHEMA evil",
        "GRANT USAGE, CREATE ON SCHEMA evil TO " + refresher.role(),
        "CREATE TABLE evil.called (name text, caller name DEFAULT current_user)",
        "GRANT INSERT ON evil.called TO PUBLIC");
    refresher
        .session()
        .execute(
            planted("same(a text, b text) RETURNS boolean", "same", "true"),
            planted("same(a bigint, b bigint) RETURNS boolean", "same", "true"),
            planted("pg_notify(a text, b text) RETURNS void", "pg_notify", "NULL"),
            planted("pg_sleep(a double precision) RETURNS void", "pg_sleep", "NULL"),
            planted("quote_literal(a text) RETURNS text", "quote_literal", "a"),
            planted(
                "clock_timestamp() RETURNS timestamptz",
                "clock_timestamp",
                "pg_catalog.clock_timestamp()"),
            planted("later(a timestamptz, b timestamptz) RETURNS boolean", "later", "true"),
            planted("plus(a timestamptz, b interval) RETURNS timestamptz", "plus", "a"),
            planted(
                "times(a double precision, b double precision) RETURNS double precision",
                "times",
                "a"),
            "CREATE OPERATOR evil.= (LEFTARG = text, RIGHTARG = text, FUNCTION = evil.same)",
            "CREATE OPERATOR evil.= (LEFTARG = bigint, RIGHTARG = bigint, FUNCTION = evil.same)",
            "CREATE OPERATOR evil.>= (LEFTARG = timestamptz, RIGHTARG = timestamptz, FUNCTION ="
                + " evil.later)",
            "CREATE OPERATOR evil.+ (LEFTARG = timestamptz, RIGHTARG = interval, FUNCTION ="
                + " evil.plus)",
            "CREATE OPERATOR evil.* (LEFTARG = double precision, RIGHTARG = double precision,"
                + " FUNCTION = evil.times)",
            "SET search_path = evil, pg_catalog");
  }

  private static String planted(String signature, String name, String answer) {
    return """
    CREATE FUNCTION evil.%s LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO evil.called (name) VALUES ('%s');
      %s;
    END $$\
    """
        .formatted(signature, name, signature.endsWith("void") ? "PERFORM 1" : "RETURN " + answer);
  }
}
