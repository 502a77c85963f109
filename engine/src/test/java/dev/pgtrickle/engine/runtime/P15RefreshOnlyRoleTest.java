package dev.pgtrickle.engine.runtime;

import static dev.pgtrickle.engine.runtime.SharesFixture.ASK;
import static dev.pgtrickle.engine.runtime.SharesFixture.CALL;
import static dev.pgtrickle.engine.runtime.SharesFixture.SHARES;
import static dev.pgtrickle.engine.runtime.SharesFixture.assertForbidden;
import static dev.pgtrickle.engine.runtime.SharesFixture.grantsTo;
import static dev.pgtrickle.engine.runtime.SharesFixture.refresher;
import static dev.pgtrickle.engine.runtime.SharesFixture.withShares;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** P15: a login that owns nothing may be let ask for refreshes and look, and do nothing else. */
class P15RefreshOnlyRoleTest {
  private static final List<String> VIEWS =
      List.of("refresh_history", "refresh_requests", "stream_table_lag", "stream_tables");

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void at_first_nobody_but_the_engine_role_may_do_anything(PostgresVersion version)
      throws Exception {
    try (EngineFixture fixture = withShares(version);
        SqlUser stranger = new SqlUser(fixture.database, "stranger")) {
      SqlSession session = stranger.session();
      assertForbidden(() -> session.execute(ASK));
      assertForbidden(() -> session.execute(CALL));
      for (String view : VIEWS) {
        assertForbidden(() -> session.query("SELECT * FROM pgtrickle." + view));
      }
      assertForbidden(() -> session.query("SELECT * FROM pgtrickle.unread_changes()"));
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void the_rights_of_the_page_are_enough_to_ask_to_wait_and_to_look(PostgresVersion version)
      throws Exception {
    try (EngineFixture fixture = withShares(version);
        SqlUser refresher = refresher(fixture)) {
      SqlSession session = refresher.session();
      fixture.database.execute("INSERT INTO entry VALUES (100, 1, 5)");
      session.execute(CALL);
      fixture.assertExact("shares", SHARES);
      long asked = session.queryLong(ASK);
      assertThat(
              session.queryText(
                  "SELECT requested_by FROM pgtrickle.refresh_requests WHERE id = ?", asked))
          .isEqualTo(refresher.role());
      for (String view : VIEWS) {
        assertThat(session.query("SELECT * FROM pgtrickle." + view)).as(view).isNotEmpty();
      }
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void nothing_else_of_ours_is_open_to_it(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = withShares(version);
        SqlUser refresher = refresher(fixture)) {
      assertThat(
              fixture.database.query(
                  """
                  SELECT home.nspname || '.' || c.relname || ' ' || wanted
                  FROM pg_class AS c
                  JOIN pg_namespace AS home ON home.oid = c.relnamespace
                  CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE',
                                          'REFERENCES', 'TRIGGER']) AS wanted
                  WHERE home.nspname IN ('pgtrickle', 'pgtrickle_data', 'public')
                    AND c.relkind IN ('r', 'v', 'p', 'm', 'f')
                    AND (has_table_privilege(?, c.oid, wanted)
                         OR wanted NOT IN ('DELETE', 'TRUNCATE', 'TRIGGER')
                            AND has_any_column_privilege(?, c.oid, wanted))
                  ORDER BY 1\
                  """,
                  refresher.role(),
                  refresher.role()))
          .as("relations that it may use")
          .containsExactlyElementsOf(
              VIEWS.stream().map(view -> one("pgtrickle." + view + " SELECT")).toList());
      assertThat(
              fixture.database.query(
                  """
                  SELECT p.proname::text FROM pg_proc AS p
                  JOIN pg_namespace AS home ON home.oid = p.pronamespace
                  WHERE home.nspname IN ('pgtrickle', 'pgtrickle_data') AND p.prosecdef
                    AND has_schema_privilege(?, home.oid, 'USAGE')
                    AND has_function_privilege(?, p.oid, 'EXECUTE')
                  ORDER BY 1\
                  """,
                  refresher.role(),
                  refresher.role()))
          .as("functions that would act with our rights; the readers' gate is everybody's")
          .containsExactly(
              one("refresh_stream_table"), one("require_populated"), one("unread_changes"));
      assertThat(
              fixture.database.query(
                  """
                  SELECT nspname::text FROM pg_namespace
                  WHERE nspname LIKE 'pgtrickle%' AND has_schema_privilege(?, oid, 'CREATE')\
                  """,
                  refresher.role()))
          .isEmpty();
      SqlSession session = refresher.session();
      assertForbidden(() -> session.query("SELECT * FROM shares"));
      assertForbidden(() -> session.query("SELECT * FROM pgtrickle.known_stream_table"));
      assertForbidden(() -> session.execute("SELECT pgtrickle.uninstall()"));
      assertForbidden(() ->
          session.execute(
              "INSERT INTO pgtrickle.request (stream_table_id, requested_by) VALUES (1, 'me')"));
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void uninstall_takes_all_of_it_away_with_the_rights(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = withShares(version)) {
      String role = "refresher_" + fixture.database.user();
      fixture.database.executeAsSuperuser("CREATE ROLE " + role + " LOGIN");
      fixture.database.execute(grantsTo(role), CALL);
      fixture.engine().close();
      fixture.database.execute("SELECT pgtrickle.uninstall()");
      assertThat(
              fixture.database.queryLong(
                  """
                  SELECT (SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'pgtrickle%')
                       + (SELECT count(*) FROM pg_proc WHERE proname LIKE 'refresh_stream_table%')
                       + (SELECT count(*) FROM pg_class WHERE relname = 'shares')\
                  """))
          .isZero();
      // Fails while anything is granted to it.
      fixture.database.executeAsSuperuser("DROP ROLE " + role);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void uninstall_drops_nothing_that_others_made_of_it(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = withShares(version)) {
      fixture.engine().close();
      fixture.database.execute(
          "CREATE VIEW behind AS SELECT relation FROM pgtrickle.stream_table_lag",
          """
          CREATE FUNCTION ask() RETURNS bigint LANGUAGE sql SECURITY DEFINER
          BEGIN ATOMIC SELECT pgtrickle.refresh_stream_table('public', 'shares'); END\
          """);
      assertThatThrownBy(() -> fixture.database.execute("SELECT pgtrickle.uninstall()"))
          .isInstanceOfSatisfying(
              SQLException.class,
              refused -> {
                assertThat(refused.getSQLState()).isEqualTo("2BP01");
                assertThat(refused.getMessage())
                    .contains("view public.behind", "function public.ask()");
              });
      fixture.database.execute(
          "DROP VIEW behind", "DROP FUNCTION ask()", "SELECT pgtrickle.uninstall()");
    }
  }

  private static List<Object> one(String value) {
    return List.of(value);
  }
}
