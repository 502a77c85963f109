package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgtrickle.engine.definition.AllTablesPublication;
import dev.pgtrickle.engine.definition.Buffers;
import dev.pgtrickle.engine.definition.CaptureWish;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** P20: a table whose owner accepts that our own tables are published. */
class P20AcceptedPublicationTest {
  private static final String VERSIONS = "dev.pgtrickle.testbed.postgres.TestServers#versions";
  private static final String QUERY =
      "SELECT branch, count(*) AS n, sum(amount) AS total FROM public.entry GROUP BY branch";

  /** Its values are kept in a table of their own, and its rows have no key. */
  private static final String KEPT =
      "SELECT min(amount) AS least, count(DISTINCT amount) AS n FROM public.entry GROUP BY branch";

  private static final String PUBLISH = "CREATE PUBLICATION everything FOR ALL TABLES";

  /** Published tables of which no row could be updated or deleted; some never have a row. */
  private static final String NAMELESS =
      """
      SELECT c.oid::regclass::text
      FROM pg_class AS c
      WHERE c.relnamespace IN ('pgtrickle'::regnamespace, 'pgtrickle_data'::regnamespace)
        AND c.relkind = 'r' AND c.relpersistence = 'p' AND c.relreplident <> 'f'
        AND NOT EXISTS (SELECT FROM pg_index AS i WHERE i.indrelid = c.oid AND i.indisprimary)
        AND c.relname NOT IN ('fence', 'invalidation') AND c.relname NOT LIKE 'guard%'\
      """;

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void itIsKeptAndCleanedWhereEverythingIsPublished(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = new EngineFixture(version)) {
      createEntries(fixture);
      fixture.database.executeAsSuperuser(PUBLISH);
      fixture.start();
      fixture.bring(accepting(fixture, "totals", QUERY));
      fixture.bring(accepting(fixture, "kept", KEPT));
      assertThat(fixture.database.query(NAMELESS)).isEmpty();
      assertThat(publishedBuffers(fixture)).isZero();
      change(fixture);
      for (String table : List.of("totals", "kept")) {
        fixture.refreshFully(table);
      }
      change(fixture);
      assertExact(fixture);
      awaitCleanBuffers(fixture);

      // Another query of the same table: what is kept beside it is made anew.
      String other =
          "SELECT max(amount) AS least, count(DISTINCT amount) AS n FROM public.entry GROUP BY branch";
      fixture.bring(accepting(fixture, "kept", other));
      assertThat(fixture.database.query(NAMELESS)).isEmpty();
      change(fixture);
      fixture.refresh("kept");
      fixture.assertExact("kept", other);
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void aPublicationThatComesLaterChangesItsBuffers(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = new EngineFixture(version)) {
      createEntries(fixture);
      fixture.start();
      StreamTableDefinition refusing = fixture.manual("kept", KEPT);
      fixture.bring(refusing);
      fixture.bring(accepting(fixture, "totals", QUERY));
      change(fixture);
      fixture.database.executeAsSuperuser(PUBLISH);
      change(fixture);

      fixture.refresh("totals");

      fixture.assertExact("totals", QUERY);
      assertThat(buffersInUse(fixture))
          .as("unlogged, whoever asks for logged ones")
          .isEqualTo("uu");
      assertThatThrownBy(() -> fixture.refresh("kept"))
          .isInstanceOfSatisfying(
              TrickleException.class,
              refused ->
                  assertThat(refused.code()).isEqualTo(ErrorCode.PUBLICATION_FOR_ALL_TABLES));

      fixture.bring(refusing.with(ACCEPTED));
      change(fixture);
      assertExact(fixture);
      assertThat(fixture.database.query(NAMELESS)).isEmpty();
      change(fixture);
      assertExact(fixture);
      assertThat(lastMode(fixture)).isEqualTo("Differential");
      awaitCleanBuffers(fixture);

      fixture.database.executeAsSuperuser("DROP PUBLICATION everything");
      fixture.bring(refusing);
      change(fixture);
      assertExact(fixture);
      assertThat(
              fixture.database.queryLong(
                  """
                  SELECT count(*) FROM pg_class
                  WHERE relnamespace = 'pgtrickle_data'::regnamespace AND relname LIKE 'storage%'
                    AND relkind = 'r' AND relreplident = 'f'\
                  """))
          .as("only what may be published costs WAL for it")
          .isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void aGapIsRepairedToo(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = new EngineFixture(version)) {
      createEntries(fixture);
      fixture.database.executeAsSuperuser(PUBLISH);
      fixture.start();
      fixture.bring(accepting(fixture, "totals", QUERY));
      fixture.database.execute(
          "ALTER TABLE entry DISABLE TRIGGER USER",
          "INSERT INTO entry VALUES (501, 1, 7)",
          "ALTER TABLE entry ENABLE TRIGGER USER");
      fixture.refresh("totals");
      fixture.assertExact("totals", QUERY);
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void aPublicationOfOurSchemaIsSeenAsWell(PostgresVersion version) throws Exception {
    assumeTrue(version.major() >= 15, "no publications of schemas");
    try (EngineFixture fixture = new EngineFixture(version)) {
      createEntries(fixture);
      fixture.start();
      fixture.bring(fixture.manual("totals", QUERY));
      fixture.database.executeAsSuperuser(
          "CREATE PUBLICATION a_few FOR TABLE public.entry",
          "ALTER PUBLICATION a_few ADD TABLES IN SCHEMA pgtrickle_data");
      change(fixture);
      assertThatThrownBy(() -> fixture.refresh("totals"))
          .isInstanceOfSatisfying(
              TrickleException.class,
              refused -> {
                assertThat(refused.code()).isEqualTo(ErrorCode.PUBLICATION_FOR_ALL_TABLES);
                assertThat(refused.what()).contains("a_few");
              });

      fixture.bring(accepting(fixture, "totals", QUERY));
      change(fixture);
      fixture.refresh("totals");
      fixture.assertExact("totals", QUERY);
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void plantedWithoutAnIdentityTheRefreshFails(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = new EngineFixture(version)) {
      createEntries(fixture);
      fixture.database.executeAsSuperuser(PUBLISH);
      fixture.start();
      fixture.bring(accepting(fixture, "totals", QUERY));
      fixture.database.execute("ALTER TABLE pgtrickle_data.storage_1 REPLICA IDENTITY DEFAULT");
      change(fixture);
      assertThatThrownBy(() -> fixture.refresh("totals"))
          .isInstanceOfSatisfying(
              TrickleException.class,
              failure -> assertThat(failure.what()).contains("replica identity"));
    }
  }

  private static final CaptureWish ACCEPTED =
      new CaptureWish(Buffers.UNLOGGED, AllTablesPublication.ACCEPTED);

  private static StreamTableDefinition accepting(EngineFixture fixture, String name, String query) {
    return fixture.manual(name, query).with(ACCEPTED);
  }

  private static void createEntries(EngineFixture fixture) throws SQLException {
    fixture.database.execute(
        "CREATE TABLE entry (id int PRIMARY KEY, branch int NOT NULL, amount int NOT NULL)",
        "INSERT INTO entry SELECT g, g % 5, g % 7 FROM generate_series(1, 100) AS g");
  }

  private static void change(EngineFixture fixture) throws SQLException {
    fixture.database.execute(
        "UPDATE entry SET amount = amount + 1 WHERE id % 3 = 0",
        "DELETE FROM entry WHERE id = (SELECT min(id) FROM entry)",
        "INSERT INTO entry SELECT max(id) + 1, 77, 5 FROM entry",
        "UPDATE entry SET branch = branch + 1 WHERE branch > 70");
  }

  private static void assertExact(EngineFixture fixture) throws SQLException {
    fixture.refresh("totals");
    fixture.refresh("kept");
    fixture.assertExact("totals", QUERY);
    fixture.assertExact("kept", KEPT);
  }

  private static void awaitCleanBuffers(EngineFixture fixture) throws Exception {
    EngineFixture.await(
        "consumed changes are removed",
        () ->
            fixture.database.queryLong(
                        "SELECT coalesce(sum(changes), 0) FROM pgtrickle_data.pending()")
                    == 0
                && fixture.database.queryLong("SELECT count(*) FROM pgtrickle_data.changes_1_1_a")
                    == 0);
  }

  private static long publishedBuffers(EngineFixture fixture) throws SQLException {
    return fixture.database.queryLong(
        """
        SELECT count(*) FROM pg_publication_tables
        WHERE schemaname = 'pgtrickle_data' AND tablename LIKE 'changes%'\
        """);
  }

  private static String buffersInUse(EngineFixture fixture) throws SQLException {
    return String.valueOf(
        fixture.database.queryText(
            """
            SELECT string_agg(relpersistence::text, '' ORDER BY relname)
            FROM pgtrickle.source, pg_class
            WHERE relname IN (format('changes_%s_%s_a', source.id, source.generation),
                              format('changes_%s_%s_b', source.id, source.generation))\
            """));
  }

  private static String lastMode(EngineFixture fixture) throws SQLException {
    return String.valueOf(
        fixture.database.queryText(
            "SELECT mode FROM pgtrickle.history WHERE result = 'Succeeded' ORDER BY id DESC LIMIT 1"));
  }
}
