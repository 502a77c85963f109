package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.capture.CaptureRules;
import dev.pgtrickle.engine.capture.PlantedSentinel;
import dev.pgtrickle.engine.definition.Buffers;
import dev.pgtrickle.engine.definition.CaptureWish;
import dev.pgtrickle.engine.definition.DeletionPolicy;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.lifecycle.ReleaseOrder;
import dev.pgtrickle.engine.postgres.ConnectionTarget;
import dev.pgtrickle.testbed.postgres.EmbeddedPostgres;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.ServerVariant;
import dev.pgtrickle.testbed.postgres.SqlSession;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Unlogged change buffers: cheaper, and emptied by a crash, which every refresh finds out. */
class UnloggedBuffersTest {
  private static final String VERSIONS = "dev.pgtrickle.testbed.postgres.TestServers#versions";
  private static final String QUERY =
      "SELECT branch, count(*) AS n, sum(amount) AS total FROM public.entry GROUP BY branch";
  private static final String OTHER = "SELECT id, amount FROM public.entry WHERE branch = 1";

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void theyAreUnloggedWhereEveryTableAsksForIt(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = new EngineFixture(version)) {
      createEntries(fixture);
      fixture.start();
      fixture.bring(unlogged(fixture, "totals", QUERY));
      assertThat(buffers(fixture)).isEqualTo("uu");

      fixture.database.execute("INSERT INTO entry VALUES (201, 1, 5)");
      StreamTableDefinition logged = fixture.manual("others", OTHER);
      fixture.bring(logged);
      assertThat(newestBuffers(fixture)).as("logged ones win").isEqualTo("pp");
      fixture.database.execute("INSERT INTO entry VALUES (202, 1, 5)");
      fixture.refresh("totals");
      fixture.refresh("others");
      fixture.assertExact("totals", QUERY);
      fixture.assertExact("others", OTHER);
      assertThat(modeOfLast(fixture, "totals")).isEqualTo("Differential");

      fixture.database.execute("INSERT INTO entry VALUES (203, 1, 5)");
      fixture
          .engine()
          .release(logged.relation(), logged.origin(), new ReleaseOrder.By(DeletionPolicy.DELETE));
      EngineFixture.await(
          "the end of the other table",
          () -> fixture.database.queryLong("SELECT count(*) FROM pgtrickle.stream_table") == 1);
      fixture.engine().close();
      fixture.start();
      fixture.refresh("totals");
      assertThat(newestBuffers(fixture)).as("nobody asks for logged ones").isEqualTo("uu");
      fixture.database.execute("INSERT INTO entry VALUES (204, 1, 5)");
      fixture.refresh("totals");
      fixture.assertExact("totals", QUERY);
      assertThat(modeOfLast(fixture, "totals")).isEqualTo("Differential");
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void soAreThoseOfAStreamTableThatIsRead(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = new EngineFixture(version)) {
      createEntries(fixture);
      fixture.start();
      fixture.bring(unlogged(fixture, "totals", QUERY));
      String above = "SELECT branch, total FROM public.totals WHERE n > 1";
      fixture.bring(unlogged(fixture, "above", above));
      assertThat(buffers(fixture)).isEqualTo("uuuu");
      fixture.database.execute("UPDATE entry SET amount = amount + 1 WHERE id < 20");
      fixture.refresh("above");
      fixture.assertExact("above", above);
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void theWishCanBeChanged(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = new EngineFixture(version)) {
      createEntries(fixture);
      fixture.start();
      StreamTableDefinition logged = fixture.manual("totals", QUERY);
      fixture.bring(logged);
      assertThat(newestBuffers(fixture)).isEqualTo("pp");
      for (Buffers wish : new Buffers[] {Buffers.UNLOGGED, Buffers.LOGGED}) {
        fixture.database.execute("UPDATE entry SET amount = amount + 1 WHERE id < 20");
        fixture.bring(logged.with(CaptureWish.of(wish)));
        fixture.database.execute("UPDATE entry SET amount = amount + 1 WHERE id < 30");
        fixture.refresh("totals");
        fixture.assertExact("totals", QUERY);
        assertThat(modeOfLast(fixture, "totals")).isEqualTo("Differential");
        assertThat(newestBuffers(fixture)).isEqualTo(wish == Buffers.LOGGED ? "pp" : "uu");
      }
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void aCrashIsFoundOutAndNothingIsLost(PostgresVersion version) throws Exception {
    try (EmbeddedPostgres server = server(version);
        EngineFixture fixture = new EngineFixture(TestDatabase.create(server))) {
      install(fixture, EngineRules.standard());
      fixture.database.execute(
          "INSERT INTO entry SELECT 300 + g, 1, g FROM generate_series(1, 9) AS g");
      server.kill9();
      server.start();
      assertComparedForTheCrash(fixture);
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void soIsTheDeathOfASingleBackend(PostgresVersion version) throws Exception {
    try (EmbeddedPostgres server = server(version);
        EngineFixture fixture = new EngineFixture(TestDatabase.create(server))) {
      install(fixture, EngineRules.standard());
      fixture.database.execute(
          "INSERT INTO entry SELECT 300 + g, 1, g FROM generate_series(1, 9) AS g");
      try (Connection victim = fixture.database.connect();
          Connection witness = fixture.database.connect()) {
        server.killBackend(new SqlSession(victim).queryLong("SELECT pg_backend_pid()"));
        EngineFixture.await("the end of all sessions", () -> !witness.isValid(1));
      }
      assertComparedForTheCrash(fixture);
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void plantedWithoutTheSentinelChangesAreLost(PostgresVersion version) throws Exception {
    try (EmbeddedPostgres server = server(version);
        EngineFixture fixture = new EngineFixture(TestDatabase.create(server))) {
      install(
          fixture,
          EngineRules.standard().with(CaptureRules.standard().with(new PlantedSentinel())));
      fixture.database.execute(
          "INSERT INTO entry SELECT 300 + g, 1, g FROM generate_series(1, 9) AS g");
      server.kill9();
      server.start();
      EngineFixture.await("the server is back", () -> isServing(fixture));
      fixture.database.execute("INSERT INTO entry VALUES (401, 99, 1)");
      EngineFixture.await(
          "a refresh",
          () -> {
            fixture.tryRefresh("totals");
            return fixture.database.queryLong("SELECT count(*) FROM totals WHERE branch = 99") == 1;
          });
      assertThat(fixture.differences("totals", QUERY)).as("changes that were lost").isPositive();
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void anOrderlyRestartKeepsThem(PostgresVersion version) throws Exception {
    try (EmbeddedPostgres server = server(version);
        EngineFixture fixture = new EngineFixture(TestDatabase.create(server))) {
      install(fixture, EngineRules.standard());
      fixture.engine().close();
      fixture.database.execute("INSERT INTO entry VALUES (301, 1, 7)");
      server.stop();
      server.start();
      fixture.start();
      fixture.refresh("totals");
      fixture.assertExact("totals", QUERY);
      assertThat(modeOfLast(fixture, "totals")).isEqualTo("Differential");
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void aStandbyIsReadAndItsPromotionIsFoundOut(PostgresVersion version) throws Exception {
    try (EmbeddedPostgres primary = server(version);
        EngineFixture fixture = new EngineFixture(TestDatabase.create(primary))) {
      install(fixture, EngineRules.standard());
      fixture.engine().close();
      fixture.database.execute(
          "INSERT INTO entry SELECT 300 + g, 1, g FROM generate_series(1, 9) AS g");
      String name = fixture.database.name();
      String user = fixture.database.user();
      try (EmbeddedPostgres standby =
          EmbeddedPostgres.builder(version)
              .settings(ServerVariant.STANDARD.settings())
              .standbyOf(primary)
              .start()) {
        try (Connection reader = standby.connect(name, user)) {
          SqlSession session = new SqlSession(reader);
          assertThat(session.queryLong("SELECT count(*) FROM public.totals")).isEqualTo(5);
          assertThat(session.queryLong("SELECT count(*) FROM pgtrickle.stream_tables"))
              .isEqualTo(1);
        }
        primary.stop();
        standby.promote();
        try (StreamTableEngine engine =
                fixture.start(
                    new ConnectionTarget(standby.jdbcUrl(name, user), user, ""),
                    EngineRules.standard());
            Connection reader = standby.connect(name, user)) {
          SqlSession session = new SqlSession(reader);
          EngineFixture.await(
              "the comparison",
              () -> {
                engine.refresh(
                    fixture.relation("totals"), java.util.Optional.empty(), EngineFixture.PATIENCE);
                return session.queryLong(REASONED) > 0;
              });
          assertThat(session.queryLong("SELECT sum(n) FROM public.totals"))
              .isEqualTo(session.queryLong("SELECT count(*) FROM public.entry"));
        }
        primary.start();
      }
    }
  }

  private static final String REASONED =
      """
      SELECT count(*) FROM pgtrickle.history
      WHERE mode = 'Full' AND reason LIKE '%emptied the unlogged buffers%'\
      """;

  private static void assertComparedForTheCrash(EngineFixture fixture) throws Exception {
    EngineFixture.await("the server is back", () -> isServing(fixture));
    EngineFixture.await(
        "the comparison",
        () -> {
          fixture.tryRefresh("totals");
          return fixture.database.queryLong(REASONED) > 0;
        });
    fixture.assertExact("totals", QUERY);
    // The watch over captures may have come to the same conclusion, and everything is compared
    // twice.
    EngineFixture.await(
        "a refresh by the changes",
        () -> {
          fixture.database.execute("UPDATE entry SET amount = amount + 1 WHERE id = 1");
          fixture.refresh("totals");
          fixture.assertExact("totals", QUERY);
          return modeOfLast(fixture, "totals").equals("Differential");
        });
  }

  private static boolean isServing(EngineFixture fixture) {
    try (Connection connection = fixture.database.connect()) {
      return connection.isValid(1);
    } catch (SQLException recovering) {
      return false;
    }
  }

  private static void install(EngineFixture fixture, EngineRules rules) throws Exception {
    createEntries(fixture);
    fixture.start(rules);
    fixture.bring(unlogged(fixture, "totals", QUERY));
  }

  private static void createEntries(EngineFixture fixture) throws SQLException {
    fixture.database.execute(
        "CREATE TABLE entry (id int PRIMARY KEY, branch int NOT NULL, amount int NOT NULL)",
        "INSERT INTO entry SELECT g, g % 5, g FROM generate_series(1, 100) AS g");
  }

  private static StreamTableDefinition unlogged(EngineFixture fixture, String name, String query) {
    return fixture.manual(name, query).with(CaptureWish.of(Buffers.UNLOGGED));
  }

  private static String buffers(EngineFixture fixture) throws SQLException {
    return String.valueOf(
        fixture.database.queryText(
            """
            SELECT string_agg(relpersistence::text, '' ORDER BY relname) FROM pg_class
            WHERE relnamespace = 'pgtrickle_data'::regnamespace AND relkind = 'r'
              AND relname LIKE 'changes%'\
            """));
  }

  private static String newestBuffers(EngineFixture fixture) throws SQLException {
    return String.valueOf(
        fixture.database.queryText(
            """
            SELECT string_agg(relpersistence::text, '' ORDER BY relname)
            FROM pgtrickle.source, pg_class
            WHERE relname IN (format('changes_%s_%s_a', source.id, source.generation),
                              format('changes_%s_%s_b', source.id, source.generation))\
            """));
  }

  private static String modeOfLast(EngineFixture fixture, String table) throws SQLException {
    return String.valueOf(
        fixture.database.queryText(
            """
            SELECT mode FROM pgtrickle.history AS h
            JOIN pgtrickle.stream_table AS st ON st.id = h.stream_table_id
            WHERE st.relation_name = ? ORDER BY h.id DESC LIMIT 1\
            """,
            table));
  }

  private static EmbeddedPostgres server(PostgresVersion version) {
    return EmbeddedPostgres.builder(version).settings(ServerVariant.STANDARD.settings()).start();
  }
}
