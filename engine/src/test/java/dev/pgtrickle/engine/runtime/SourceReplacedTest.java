package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.testbed.postgres.PostgresVersion;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** A name is not a table: what stands behind it can be exchanged, with and without a worker. */
class SourceReplacedTest {
  private static final String QUERY =
      "SELECT branch, count(*) AS n FROM public.entry GROUP BY branch";
  private static final String CREATE = "CREATE TABLE entry (id int, branch int NOT NULL)";

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void a_source_that_was_dropped_and_created_again_is_followed(PostgresVersion version)
      throws Exception {
    try (EngineFixture fixture = populated(version)) {
      fixture.database.execute("DROP TABLE entry", CREATE, "INSERT INTO entry VALUES (1, 7)");
      fixture.refresh("totals");
      assertFollowed(fixture);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void the_same_while_no_worker_was_there(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = populated(version)) {
      fixture.engine().close();
      fixture.database.execute("DROP TABLE entry", CREATE, "INSERT INTO entry VALUES (1, 7)");
      fixture.start();
      fixture.refresh("totals");
      assertFollowed(fixture);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void two_tables_that_exchange_their_names_are_told_apart(PostgresVersion version)
      throws Exception {
    try (EngineFixture fixture = populated(version)) {
      fixture.database.execute(
          "CREATE TABLE entry_new (id int, branch int NOT NULL)",
          "INSERT INTO entry_new VALUES (1, 7)",
          "BEGIN; ALTER TABLE entry RENAME TO entry_old;"
              + " ALTER TABLE entry_new RENAME TO entry; COMMIT");
      fixture.refresh("totals");
      assertFollowed(fixture);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void a_truncate_of_an_empty_table_leaves_nothing_pending(PostgresVersion version)
      throws Exception {
    try (EngineFixture fixture = populated(version)) {
      fixture.database.execute("DELETE FROM entry");
      fixture.refresh("totals");
      fixture.database.execute("TRUNCATE entry");
      fixture.refresh("totals");
      assertThat(fixture.engine().report().getFirst().pendingChanges()).isZero();
      fixture.assertExact("totals", QUERY);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void an_operator_of_somebody_else_is_never_called(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = new EngineFixture(version)) {
      fixture.database.execute("CREATE TABLE entry (id int, branch varchar(9) NOT NULL)");
      fixture.database.executeAsSuperuser(
          """
          CREATE FUNCTION public.evil(varchar, varchar) RETURNS boolean LANGUAGE plpgsql IMMUTABLE
          AS 'BEGIN RAISE EXCEPTION $$called$$; END'\
          """,
          "CREATE OPERATOR public.= (LEFTARG = varchar, RIGHTARG = varchar, FUNCTION = public.evil)");
      fixture.start();
      fixture.bring(fixture.manual("totals", QUERY));
      fixture.database.execute("INSERT INTO entry VALUES (1, 'a'), (2, 'a'), (3, 'b')");
      fixture.refresh("totals");
      fixture.database.execute("DELETE FROM entry WHERE id = 3");
      fixture.refresh("totals");
      fixture.assertExact("totals", QUERY);
    }
  }

  private static void assertFollowed(EngineFixture fixture) throws SQLException {
    fixture.assertExact("totals", QUERY);
    fixture.database.execute("INSERT INTO entry VALUES (2, 8)", "DELETE FROM entry WHERE id = 1");
    assertThat(fixture.refresh("totals").mode()).isEqualTo("Differential");
    fixture.assertExact("totals", QUERY);
  }

  private static EngineFixture populated(PostgresVersion version) throws SQLException {
    EngineFixture fixture = new EngineFixture(version);
    fixture.database.execute(
        CREATE, "INSERT INTO entry SELECT g, g % 3 FROM generate_series(1, 9) g");
    fixture.start();
    fixture.bring(fixture.manual("totals", QUERY));
    return fixture;
  }
}
