package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.definition.Fallback;
import dev.pgtrickle.engine.definition.IndexDefinition;
import dev.pgtrickle.engine.definition.Limits;
import dev.pgtrickle.engine.definition.Origin;
import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.definition.Schedule;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.definition.Wake;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** An index of a large table takes long to build: nobody who reads the table may wait for it. */
class IndexBuildTest {
  private static final String QUERY = "SELECT id, name, place FROM public.item";

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void readers_are_not_locked_out_while_an_index_is_built(PostgresVersion version)
      throws Exception {
    try (EngineFixture fixture = items(version)) {
      fixture.bring(wanted("place", IndexDefinition.Uniqueness.NOT_UNIQUE));
      watchBuilds(fixture);
      fixture.bring(wanted("name", IndexDefinition.Uniqueness.NOT_UNIQUE));
      awaitIndexes(fixture, "name");
      fixture.bring(wanted("place", IndexDefinition.Uniqueness.UNIQUE));
      awaitIndexes(fixture, "place");
      assertBuilds(fixture, 2);
      fixture.assertExact("items", QUERY);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void nor_while_one_is_put_back_that_somebody_dropped(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = items(version)) {
      fixture.bring(wanted("name", IndexDefinition.Uniqueness.NOT_UNIQUE));
      watchBuilds(fixture);
      fixture.database.execute(
          "DO $$ DECLARE i record; BEGIN FOR i IN SELECT c.indexrelid::regclass AS name"
              + " FROM pg_index AS c JOIN pg_class AS s ON s.oid = c.indrelid"
              + " WHERE s.relnamespace = 'pgtrickle_data'::regnamespace"
              + " AND s.relname LIKE 'storage%' LOOP EXECUTE 'DROP INDEX ' || i.name;"
              + " END LOOP; END $$",
          "DROP VIEW items");
      fixture.engine().watch();
      EngineFixture.await("both are back", () -> indexes(fixture).equals("id, name"));
      assertBuilds(fixture, 2);
      EngineFixture.await(
          "it is kept again",
          () ->
              List.copyOf(fixture.events).stream()
                  .anyMatch(EngineEvent.DriftRepaired.class::isInstance));
      fixture.assertExact("items", QUERY);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void a_unique_one_is_finished_after_a_kill_between_its_two_steps(PostgresVersion version)
      throws Exception {
    try (EngineFixture fixture = items(version)) {
      fixture.bring(wanted("name", IndexDefinition.Uniqueness.UNIQUE));
      fixture.engine().close();
      String storage =
          fixture.database.queryText(
              "SELECT 'pgtrickle_data.' || storage_name FROM pgtrickle.storage_version");
      String name =
          String.valueOf(
              fixture.database.queryText(
                  "SELECT conname FROM pg_constraint WHERE contype = 'u'"
                      + " AND connamespace = 'pgtrickle_data'::regnamespace"));
      String begun = name.replace("_unique_", "_building_");
      fixture.database.execute(
          "ALTER TABLE " + storage + " DROP CONSTRAINT " + name,
          "CREATE UNIQUE INDEX " + begun + " ON " + storage + " (name)",
          "UPDATE pgtrickle.storage_version SET indexes = ARRAY['" + begun + "']");
      fixture.start();
      EngineFixture.await(
          "it is a constraint",
          () ->
              name.equals(
                  fixture.database.queryText(
                      "SELECT string_agg(conname, ', ') FROM pg_constraint WHERE contype = 'u'"
                          + " AND condeferred AND connamespace = 'pgtrickle_data'::regnamespace")));
      assertThat(indexes(fixture)).isEqualTo("id, name");
    }
  }

  /** The locks on storage and view that the session holds when it has built an index. */
  private static void watchBuilds(EngineFixture fixture) throws SQLException {
    fixture.database.executeAsSuperuser(
        "CREATE TABLE public.built (locks text, patience interval)",
        """
        CREATE FUNCTION public.note_build() RETURNS event_trigger
        LANGUAGE plpgsql SECURITY DEFINER AS $$
        BEGIN
          INSERT INTO public.built
          SELECT coalesce((SELECT string_agg(c.relname || ' ' || l.mode, ', ')
                           FROM pg_locks AS l JOIN pg_class AS c ON c.oid = l.relation
                           WHERE l.pid = pg_backend_pid() AND l.granted
                             AND l.mode = 'AccessExclusiveLock' AND c.relkind IN ('r', 'v')), ''),
                 current_setting('statement_timeout')::interval;
        END $$\
        """,
        "CREATE EVENT TRIGGER note_build ON ddl_command_end WHEN TAG IN ('CREATE INDEX')"
            + " EXECUTE FUNCTION public.note_build()");
  }

  private static void assertBuilds(EngineFixture fixture, long builds) throws SQLException {
    try (java.sql.Connection administrator = fixture.database.connectAsSuperuser()) {
      dev.pgtrickle.testbed.postgres.SqlSession session =
          new dev.pgtrickle.testbed.postgres.SqlSession(administrator);
      assertThat(session.queryLong("SELECT count(*) FROM built")).isEqualTo(builds);
      assertThat(session.queryText("SELECT string_agg(locks, '') FROM built"))
          .as("locks that keep readers out")
          .isEqualTo("");
      assertThat(session.queryLong("SELECT count(*) FROM built WHERE patience < '1 hour'"))
          .as("builds that a refresh's time-out would end")
          .isZero();
    }
  }

  private static void awaitIndexes(EngineFixture fixture, String column) throws Exception {
    EngineFixture.await("indexed by " + column, () -> indexes(fixture).equals("id, " + column));
  }

  private static String indexes(EngineFixture fixture) throws SQLException {
    return String.valueOf(
        fixture.database.queryText(
            "SELECT string_agg(a.attname, ', ' ORDER BY a.attname) FROM pg_index AS i"
                + " JOIN pg_class AS c ON c.oid = i.indrelid"
                + " JOIN pg_attribute AS a ON a.attrelid = i.indexrelid"
                + " WHERE c.relnamespace = 'pgtrickle_data'::regnamespace"
                + " AND c.relname LIKE 'storage%'"));
  }

  private static StreamTableDefinition wanted(
      String column, IndexDefinition.Uniqueness uniqueness) {
    return new StreamTableDefinition(
        QualifiedName.of("public", "items"),
        QUERY,
        RefreshMode.AUTO,
        Fallback.ALLOW,
        new Schedule.Manual(),
        Wake.AUTO,
        Optional.empty(),
        List.of(),
        List.of(
            new IndexDefinition(
                List.of(Identifier.of(column)), Identifier.of("btree"), uniqueness)),
        List.of(),
        Limits.defaults(),
        StreamTableDefinition.Activity.ACTIVE,
        new Origin("test", "items", "uid-items"));
  }

  private static EngineFixture items(PostgresVersion version) throws SQLException {
    EngineFixture fixture = new EngineFixture(version);
    fixture.database.execute(
        "CREATE TABLE item (id int PRIMARY KEY, name text NOT NULL, place int NOT NULL)",
        "INSERT INTO item SELECT g, 'i' || g, g FROM generate_series(1, 1000) AS g");
    fixture.start();
    return fixture;
  }
}
