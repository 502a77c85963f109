package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgtrickle.engine.catalog.Lineage;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.lifecycle.LifecyclePoint;
import dev.pgtrickle.engine.lifecycle.LifecycleRules;
import dev.pgtrickle.engine.postgres.ConnectionTarget;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.storage.ReaderBarrier;
import dev.pgtrickle.engine.storage.WriteGuards;
import dev.pgtrickle.testbed.postgres.EmbeddedPostgres;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.ServerVariant;
import dev.pgtrickle.testbed.postgres.SqlSession;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** P19: a database is told from its copy, and a copy does not believe what it brought along. */
class P19LineageTest {
  private static final String VERSIONS = "dev.pgtrickle.testbed.postgres.TestServers#versions";
  private static final String QUERY =
      "SELECT branch, count(*) AS n, sum(amount) AS total FROM public.entry GROUP BY branch";
  private static final String CHANGE =
      "INSERT INTO entry SELECT 1000 + g, g % 3, g FROM generate_series(1, 20) AS g";

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void freezingAndRewritingKeepTheLineage(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = installed(version)) {
      fixture.database.execute("VACUUM (FREEZE) pgtrickle.lineage");
      assertThat(isOwn(fixture.database)).as("after VACUUM FREEZE").isTrue();
      fixture.database.execute("VACUUM (FULL, FREEZE) pgtrickle.lineage");
      assertThat(isOwn(fixture.database)).as("after VACUUM FULL").isTrue();
      fixture.database.execute("CLUSTER pgtrickle.lineage USING lineage_pkey");
      assertThat(isOwn(fixture.database)).as("after CLUSTER").isTrue();
      fixture.database.execute(CHANGE);

      fixture.start();

      fixture.refresh("totals");
      fixture.assertExact("totals", QUERY);
      assertThat(causes(fixture)).doesNotContain("Copy");
      assertThat(modeOfLast(fixture)).isEqualTo("Differential");
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void aStandbyThatIsPromotedIsNoCopy(PostgresVersion version) throws Exception {
    try (EmbeddedPostgres primary = server(version);
        EngineFixture fixture = new EngineFixture(TestDatabase.create(primary))) {
      install(fixture);
      String database = fixture.database.name();
      try (EmbeddedPostgres standby =
          EmbeddedPostgres.builder(version)
              .settings(ServerVariant.STANDARD.settings())
              .standbyOf(primary)
              .start()) {
        standby.promote();
        try (Connection connection = standby.connect(database, fixture.database.user())) {
          assertThat(new Lineage().isOwn(connection)).isTrue();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void aDatabaseMadeOfAnotherOneIsTakenUpAnew(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = installed(version)) {
      fixture.database.execute("INSERT INTO entry VALUES (501, 1, 7)");
      String original = CopiesOfDatabases.byTemplate(fixture.database);
      try {
        fixture.database.execute(CHANGE, "DELETE FROM entry WHERE id = 5");
        assertThat(isOwn(fixture.database)).isFalse();

        fixture.start();

        assertTakenUpAsCopy(fixture);
      } finally {
        CopiesOfDatabases.drop(fixture.database, original);
      }
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void aDumpThatWasRestoredIsTakenUpAnew(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = installed(version)) {
      assumeTrue(CopiesOfDatabases.canDump(fixture.database), "no pg_dump for this version");
      // The numbers of columns are others after the restore.
      fixture.database.execute(
          "INSERT INTO entry VALUES (501, 1, 7)",
          "ALTER TABLE entry ADD COLUMN gone int",
          "ALTER TABLE entry DROP COLUMN gone",
          "ALTER TABLE entry ADD COLUMN note text");
      String original = CopiesOfDatabases.byDump(fixture.database);
      try {
        fixture.database.execute(CHANGE, "DELETE FROM entry WHERE id = 5");

        fixture.start();

        assertTakenUpAsCopy(fixture);
        assertThat(fixture.engine().report().getFirst().drift())
            .as("what the restore created anew is no drift")
            .isEmpty();
      } finally {
        CopiesOfDatabases.drop(fixture.database, original);
      }
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void rowsOfAServerThatWasAheadAreNotBelieved(PostgresVersion version) throws Exception {
    try (EngineFixture original = installed(version);
        EmbeddedPostgres server = server(version);
        EngineFixture copy = new EngineFixture(TestDatabase.create(server))) {
      restoreOnServerBehind(original, copy);

      copy.start();

      assertTakenUpAsCopy(copy);
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void plantedWithoutTheLineageTheyAreReadAgainAndAgain(PostgresVersion version) throws Exception {
    try (EngineFixture original = installed(version);
        EmbeddedPostgres server = server(version);
        EngineFixture copy = new EngineFixture(TestDatabase.create(server))) {
      restoreOnServerBehind(original, copy);

      copy.start(EngineRules.standard().with(new BelievedLineage()));

      copy.refresh("totals");
      copy.database.execute("INSERT INTO entry VALUES (2001, 1, 1)");
      copy.tryRefresh("totals");
      assertThat(copy.differences("totals", QUERY)).as("rows that are wrong").isPositive();
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void whoeverDiesTakingACopyUpIsFollowedByOneThatDoesItAll(PostgresVersion version)
      throws Exception {
    for (LifecyclePoint point :
        List.of(LifecyclePoint.CAPTURED, LifecyclePoint.PINNED, LifecyclePoint.LOADED)) {
      try (EngineFixture fixture = installed(version)) {
        String original = CopiesOfDatabases.byTemplate(fixture.database);
        try {
          fixture.database.execute(CHANGE);
          fixture.start(EngineRules.standard().with(deadly(point)));
          EngineFixture.await(
              "death at " + point,
              () -> fixture.events.stream().anyMatch(EngineEvent.Stalled.class::isInstance));
          fixture.engine().close();

          fixture.start();

          assertTakenUpAsCopy(fixture);
        } finally {
          CopiesOfDatabases.drop(fixture.database, original);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void aWorkerUnderWhichACopyTakesThePlaceStops(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = new EngineFixture(version)) {
      prepare(fixture);
      String original = CopiesOfDatabases.byTemplate(fixture.database);
      try {
        EngineFixture.await("the worker's end", () -> fixture.engine().ended().isPresent());
        assertThat(fixture.engine().ended().orElseThrow().code()).isEqualTo(ErrorCode.FENCED_OUT);
        assertThat(fixture.engine().ended().orElseThrow().what()).contains("copy");
      } finally {
        fixture.engine().close();
        CopiesOfDatabases.drop(fixture.database, original);
      }
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void theWorkerOfACopyLeavesThatOfTheOriginalAlone(PostgresVersion version) throws Exception {
    try (EngineFixture original = new EngineFixture(version)) {
      prepare(original);
      TestDatabase database = original.database;
      String copy = CopiesOfDatabases.empty(database);
      try (Connection connection = database.server().connect(copy, database.user())) {
        ConnectionTarget target =
            new ConnectionTarget(
                database.server().jdbcUrl(copy, database.user()), database.user(), "");
        open(target).close();
        SqlSession session = new SqlSession(connection);
        for (List<?> each :
            database.query("SELECT pid, backend_start::text FROM pgtrickle.owner_session")) {
          session.execute(
              "INSERT INTO pgtrickle.owner_session VALUES (1, %s, '%s')"
                  .formatted(each.getFirst(), each.getLast()));
        }
        String before = sessions(original);

        open(target).close();

        assertThat(sessions(original)).isEqualTo(before).isNotEqualTo("null");
      } finally {
        CopiesOfDatabases.drop(database, copy);
      }
    }
  }

  private static StreamTableEngine open(ConnectionTarget target) {
    return StreamTableEngines.open(
        target,
        new EngineOptions("test", "test", 2, Duration.ofMillis(100), Duration.ofSeconds(1)),
        event -> {});
  }

  private static String sessions(EngineFixture fixture) throws SQLException {
    return String.valueOf(
        fixture.database.queryText(
            """
            SELECT string_agg(session.pid::text, ' ' ORDER BY session.pid)
            FROM pgtrickle.owner_session AS session
            JOIN pg_stat_activity AS activity USING (pid, backend_start)\
            """));
  }

  private static void assertTakenUpAsCopy(EngineFixture fixture) throws Exception {
    EngineFixture.await("the comparison", () -> causes(fixture).contains("Copy"));
    fixture.assertExact("totals", QUERY);
    assertThat(
            fixture.database.queryText(
                "SELECT reason FROM pgtrickle.history WHERE cause = 'Copy' ORDER BY id DESC LIMIT 1"))
        .contains("copy of another");
    assertThat(isOwn(fixture.database)).as("the registry is this database's own").isTrue();

    fixture.database.execute("UPDATE entry SET amount = amount + 1 WHERE branch = 2");
    fixture.refresh("totals");
    fixture.assertExact("totals", QUERY);
    assertThat(modeOfLast(fixture)).isEqualTo("Differential");
    EngineFixture.await(
        "what captured the other database is gone",
        () ->
            fixture.database.queryLong(
                    """
                    SELECT (SELECT count(*) FROM pgtrickle.source)
                           + (SELECT count(*) FROM pg_class AS c
                              WHERE c.relnamespace = 'pgtrickle_data'::regnamespace
                                AND c.relname LIKE 'changes%' AND c.relkind = 'r')\
                    """)
                == 3);
  }

  /**
   * The original's server has had more transactions. The number of the table happens to be the
   * same, which makes the registry look as if it fitted.
   */
  private static void restoreOnServerBehind(EngineFixture original, EngineFixture copy)
      throws Exception {
    install(copy);
    original.database.executeAsSuperuser(
        """
        DO $$ BEGIN FOR i IN 1..20000 LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP; END $$\
        """);
    original.database.execute(
        "INSERT INTO entry SELECT 600 + g, g % 3, 1 FROM generate_series(1, 9) AS g");
    CopiesOfDatabases.rows(original.database, copy.database);
    copy.database.execute(
        "UPDATE pgtrickle.source SET relation_oid = 'public.entry'::regclass", CHANGE);
  }

  /** A database with a table that an engine has loaded and left. */
  private static EngineFixture installed(PostgresVersion version) throws Exception {
    EngineFixture fixture = new EngineFixture(version);
    install(fixture);
    return fixture;
  }

  private static void install(EngineFixture fixture) throws Exception {
    prepare(fixture);
    fixture.engine().close();
  }

  private static void prepare(EngineFixture fixture) throws Exception {
    fixture.database.execute(
        "CREATE TABLE entry (id int PRIMARY KEY, branch int NOT NULL, amount int NOT NULL)",
        "INSERT INTO entry SELECT g, g % 5, g FROM generate_series(1, 100) AS g");
    fixture.start();
    fixture.bring(fixture.manual("totals", QUERY));
  }

  private static EmbeddedPostgres server(PostgresVersion version) {
    return EmbeddedPostgres.builder(version).settings(ServerVariant.STANDARD.settings()).start();
  }

  private static boolean isOwn(TestDatabase database) throws SQLException {
    try (Connection connection = database.connect()) {
      return new Lineage().isOwn(connection);
    }
  }

  private static List<String> causes(EngineFixture fixture) throws SQLException {
    return fixture.database.query("SELECT cause FROM pgtrickle.history ORDER BY id").stream()
        .map(row -> String.valueOf(row.getFirst()))
        .toList();
  }

  private static String modeOfLast(EngineFixture fixture) throws SQLException {
    return String.valueOf(
        fixture.database.queryText("SELECT mode FROM pgtrickle.history ORDER BY id DESC LIMIT 1"));
  }

  private static LifecycleRules deadly(LifecyclePoint point) {
    return new LifecycleRules(
        (passed, relation) -> die(point, passed, relation), new ReaderBarrier(), new WriteGuards());
  }

  private static void die(LifecyclePoint point, LifecyclePoint passed, QualifiedName relation) {
    if (passed == point) {
      throw new IllegalStateException("killed at " + point + " of " + relation);
    }
  }

  /** The planted bug: nobody asks where the registry was written. */
  private static final class BelievedLineage extends Lineage {
    @Override
    public boolean isOwn(Connection connection) {
      return true;
    }
  }
}
