package dev.pgtrickle.engine.capture;

import static dev.pgtrickle.engine.capture.FingerprintPart.COLLATIONS;
import static dev.pgtrickle.engine.capture.FingerprintPart.COLUMNS;
import static dev.pgtrickle.engine.capture.FingerprintPart.CONSTRAINTS;
import static dev.pgtrickle.engine.capture.FingerprintPart.FUNCTIONS;
import static dev.pgtrickle.engine.capture.FingerprintPart.PUBLICATIONS;
import static dev.pgtrickle.engine.capture.FingerprintPart.RELATION;
import static dev.pgtrickle.engine.capture.FingerprintPart.TYPES;
import static dev.pgtrickle.engine.capture.FingerprintPart.VIEWS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgtrickle.engine.postgres.BoundStatement;
import dev.pgtrickle.engine.source.ChangeWindow;
import dev.pgtrickle.engine.source.Extent;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** P7: whatever the result rests on beside the rows, a change of it is seen and has a name. */
class P7FingerprintTest {
  private static final String VERSIONS = "dev.pgtrickle.testbed.postgres.TestServers#versions";
  private static final Map<Integer, String> ID = Map.of(1, "id");

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void everyChangeOfTheCatalogIsSeenAndNamed(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      fixture
          .database()
          .execute(
              "CREATE TABLE other (id int PRIMARY KEY)",
              "CREATE TYPE mood AS ENUM ('sad')",
              "CREATE DOMAIN short AS text",
              "CREATE TYPE pair AS (x int, y int)",
              "CREATE COLLATION own (locale = 'C')",
              "CREATE FUNCTION f(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1'",
              """
              CREATE TABLE t (id int NOT NULL, v varchar(5) COLLATE own, m mood, s short,
                unread int, p pair)\
              """,
              "CREATE VIEW seen AS SELECT id FROM other");
      Catalog catalog = new Catalog(fixture, 1, 2, 3, 4, 6);
      assertThat(catalog.after("ALTER TABLE t ALTER v TYPE varchar(9) COLLATE own"))
          .containsExactly(COLUMNS);
      assertThat(catalog.after("ALTER TABLE t ALTER id TYPE int USING id + 1"))
          .as("a rewrite to the same type")
          .containsExactly(COLUMNS);
      assertThat(catalog.after("ALTER TABLE t ALTER id DROP NOT NULL")).contains(COLUMNS);
      assertThat(catalog.after("ALTER TABLE t RENAME v TO w", "ALTER TABLE t RENAME w TO v"))
          .as("renamed and renamed back")
          .containsExactly(COLUMNS);
      assertThat(catalog.after("ALTER TABLE t ADD UNIQUE (id)")).containsExactly(CONSTRAINTS);
      assertThat(catalog.after("ALTER TABLE t DROP CONSTRAINT t_id_key"))
          .containsExactly(CONSTRAINTS);
      assertThat(catalog.after("CREATE UNIQUE INDEX u ON t (unread)")).containsExactly(CONSTRAINTS);
      assertThat(catalog.after("ALTER TABLE t ADD FOREIGN KEY (id) REFERENCES other NOT VALID"))
          .contains(CONSTRAINTS);
      assertThat(catalog.after("ALTER TABLE t VALIDATE CONSTRAINT t_id_fkey"))
          .containsExactly(CONSTRAINTS);
      assertThat(catalog.after("ALTER TABLE t ENABLE ROW LEVEL SECURITY"))
          .containsExactly(RELATION);
      assertThat(catalog.after("CREATE TABLE child () INHERITS (t)")).containsExactly(RELATION);
      assertThat(catalog.after("DROP TABLE child")).containsExactly(RELATION);
      assertThat(catalog.after("ALTER TABLE t SET UNLOGGED")).containsExactly(RELATION);
      assertThat(
              catalog.after(
                  "CREATE OR REPLACE FUNCTION f(int) RETURNS int LANGUAGE sql IMMUTABLE"
                      + " AS 'SELECT $1'"))
          .containsExactly(FUNCTIONS);
      assertThat(catalog.after("DROP FUNCTION f(int)")).containsExactly(FUNCTIONS);
      assertThat(catalog.after("ALTER TYPE mood ADD VALUE 'happy' BEFORE 'sad'"))
          .containsExactly(TYPES);
      assertThat(catalog.after("ALTER DOMAIN short ADD CHECK (VALUE <> 'x')"))
          .containsExactly(TYPES);
      assertThat(catalog.after("ALTER TYPE pair RENAME ATTRIBUTE y TO z")).contains(TYPES);
      assertThat(catalog.after("CREATE OR REPLACE VIEW seen AS SELECT id + 1 - 1 AS id FROM other"))
          .containsExactly(VIEWS);
      assertThat(catalog.after("ALTER VIEW seen RENAME COLUMN id TO number"))
          .containsExactly(VIEWS);
      assertThat(catalog.after("ALTER VIEW seen RENAME TO unseen")).containsExactly(VIEWS);
      assertThat(catalog.after("DROP VIEW unseen")).containsExactly(VIEWS);
      assertThat(catalog.after("ALTER COLLATION own RENAME TO mine")).containsExactly(COLLATIONS);
      fixture.database().executeAsSuperuser("CREATE PUBLICATION everything FOR ALL TABLES");
      assertThat(catalog.after()).containsExactly(PUBLICATIONS);
      assertThat(catalog.after("ALTER TABLE t DROP COLUMN v")).contains(COLUMNS);
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void whatDoesNotMatterIsNoDifference(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      fixture
          .database()
          .execute("CREATE TABLE t (id int, v text, unread int)", "CREATE TABLE another (id int)");
      ToyConsumer consumer =
          ToyConsumer.loaded(fixture, CaptureRules.standard(), "t", Map.of(1, "id", 2, "v"));
      fixture
          .database()
          .execute(
              "INSERT INTO t SELECT i, i FROM generate_series(1, 100) AS i",
              "ANALYZE t",
              "VACUUM (FREEZE) t",
              "VACUUM FREEZE",
              "CREATE INDEX ON t (id)",
              "ALTER TABLE t ALTER unread TYPE bigint",
              "ALTER TABLE t ADD one_more int",
              "GRANT SELECT ON t TO PUBLIC",
              "ALTER TABLE another ADD more int",
              "CREATE FUNCTION g() RETURNS int LANGUAGE sql AS 'SELECT 1'",
              "COMMENT ON TABLE t IS 'a table'");
      SourceState state = consumer.state();
      assertThat(state.difference().parts()).isEmpty();
      assertThat(state.gap()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void ourOwnFlipsAndRenewalsAreNoGap(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      ToyConsumer consumer = consumer(fixture, CaptureRules.standard());
      fixture.database().execute("INSERT INTO t VALUES (1)");
      consumer.refresh();
      Instant later = Instant.now().plus(Duration.ofMinutes(11));
      assertThat(fixture.janitor().clean(later).getFirst().flipped()).isTrue();
      assertThat(fixture.capture().renewLeases(Instant.now().plus(Duration.ofHours(13)))).isEmpty();
      fixture.ensure("t", 1, 2);
      assertThat(consumer.state().gap()).isEmpty();
      assertThat(consumer.state().difference().isEmpty()).isTrue();
      assertThat(consumer.state().complete()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void disableUpdateEnableIsAGap(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      ToyConsumer consumer = disableWriteEnable(fixture, CaptureRules.standard());
      assertThat(consumer.state().gap()).containsExactly(CapturePart.TRIGGERS.words());
      assertThat(consumer.refresh()).isEqualTo(ToyConsumer.Mode.FULL);
      assertThat(consumer.rows()).isEqualTo(consumer.truth()).containsExactly("1", "2");
      assertThat(consumer.state().gap()).isEmpty();
      fixture.database().execute("INSERT INTO t VALUES (3)");
      assertThat(consumer.refresh()).isEqualTo(ToyConsumer.Mode.DIFFERENTIAL);
      assertThat(consumer.rows()).containsExactly("1", "2", "3");
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void plantedLookingOnlyAtThePresentStateLosesTheRow(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      ToyConsumer consumer =
          disableWriteEnable(fixture, PlantedRules.with(new PlantedRules.StampWithoutHistory()));
      assertThat(consumer.refresh()).isEqualTo(ToyConsumer.Mode.DIFFERENTIAL);
      assertThat(consumer.truth()).containsExactly("1", "2");
      assertThat(consumer.rows()).containsExactly("1");
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void plantedATraceWithoutTheTriggersLosesTheRow(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      ToyConsumer consumer =
          disableWriteEnable(
              fixture, PlantedRules.with(new PlantedRules.TraceWithout("pg_trigger")));
      assertThat(consumer.refresh()).isEqualTo(ToyConsumer.Mode.DIFFERENTIAL);
      assertThat(consumer.truth()).containsExactly("1", "2");
      assertThat(consumer.rows()).containsExactly("1");
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void theCatalogIsLookedAtAgainOnlyAfterItWasWritten(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      ToyConsumer consumer = consumer(fixture, CaptureRules.standard());
      assertThat(consumer.state().catalogIsUntouched()).as("after the load").isTrue();
      fixture.database().execute("INSERT INTO t VALUES (1)", "ANALYZE t", "VACUUM t");
      assertThat(consumer.refresh()).isEqualTo(ToyConsumer.Mode.DIFFERENTIAL);
      assertThat(consumer.state().catalogIsUntouched()).as("after a refresh").isTrue();
      fixture.database().execute("GRANT SELECT ON t TO PUBLIC");
      assertThat(consumer.state().catalogIsUntouched()).as("after a GRANT").isFalse();
      fixture.database().execute("INSERT INTO t VALUES (2)");
      assertThat(consumer.refresh()).isEqualTo(ToyConsumer.Mode.DIFFERENTIAL);
      assertThat(consumer.state().catalogIsUntouched()).as("looked at once").isTrue();
      assertThat(consumer.rows()).containsExactly("1", "2");
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void everyTamperingWithTheCaptureIsAGapAndIsRepaired(PostgresVersion version)
      throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      ToyConsumer consumer = consumer(fixture, CaptureRules.standard());
      List<String> expected = new ArrayList<>();
      int row = 0;
      for (String tampering :
          List.of(
              "DROP TRIGGER pgtrickle_capture_insert ON t",
              "ALTER TABLE t DISABLE TRIGGER pgtrickle_capture_insert",
              "ALTER TABLE t DISABLE TRIGGER USER",
              "ALTER TABLE t ENABLE REPLICA TRIGGER pgtrickle_capture_insert",
              "DROP FUNCTION pgtrickle_data.capture_%d_insert CASCADE",
              """
              CREATE OR REPLACE FUNCTION pgtrickle_data.capture_%d_insert() RETURNS trigger
              LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'\
              """)) {
        fixture
            .database()
            .execute(
                tampering.formatted(consumer.source()),
                "INSERT INTO t VALUES (%d)".formatted(++row));
        expected.add(String.valueOf(row));
        expected.sort(null);
        assertThat(consumer.state().gap()).as(tampering).isNotEmpty();
        assertThat(consumer.refresh()).as(tampering).isEqualTo(ToyConsumer.Mode.FULL);
        assertThat(consumer.rows()).as(tampering).isEqualTo(expected);
        fixture.database().execute("INSERT INTO t VALUES (%d)".formatted(++row));
        expected.add(String.valueOf(row));
        expected.sort(null);
        assertThat(consumer.refresh()).as(tampering).isEqualTo(ToyConsumer.Mode.DIFFERENTIAL);
        assertThat(consumer.rows()).as(tampering).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void aRepairForOneConsumerIsSeenByTheOthers(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      ToyConsumer first = consumer(fixture, CaptureRules.standard());
      ToyConsumer second = ToyConsumer.loaded(fixture, CaptureRules.standard(), "t", ID);
      fixture
          .database()
          .execute(
              "ALTER TABLE t DISABLE TRIGGER USER",
              "INSERT INTO t VALUES (1)",
              "ALTER TABLE t ENABLE TRIGGER USER");
      assertThat(first.refresh()).isEqualTo(ToyConsumer.Mode.FULL);
      assertThat(second.state().gap()).isEmpty();
      assertThat(second.state().complete()).isFalse();
      assertThat(second.refresh()).isEqualTo(ToyConsumer.Mode.FULL);
      assertThat(second.rows()).containsExactly("1");
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void aRenamedTableOrColumnIsRepairedByItsNewName(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      ToyConsumer consumer = consumer(fixture, CaptureRules.standard());
      fixture
          .database()
          .execute(
              "INSERT INTO t VALUES (1)",
              "ALTER TABLE t RENAME TO t_2",
              "ALTER TABLE t_2 RENAME id TO number");
      // The name counts too: another table may have taken it.
      assertThat(consumer.state().difference().parts()).containsExactly(COLUMNS, RELATION);
      assertThat(consumer.state().gap()).containsExactly(CapturePart.COLUMNS.words());
      assertThatThrownBy(() -> fixture.database().execute("INSERT INTO t_2 VALUES (2)"))
          .as("until it is repaired")
          .isInstanceOf(SQLException.class);
      assertThat(fixture.capture().broken()).containsExactly(consumer.source());
      fixture.capture().repair(consumer.source());
      assertThat(fixture.capture().broken()).isEmpty();
      fixture.database().execute("INSERT INTO t_2 VALUES (2)", "TRUNCATE t_2");
      assertThat(fixture.captured(consumer.source(), 1)).contains("+1 2", "-1 1", "-1 2", "!2");
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void anAlteredTypeIsCapturedInANewGeneration(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      ToyConsumer consumer = consumer(fixture, CaptureRules.standard());
      fixture.database().execute("INSERT INTO t VALUES (1)", "ALTER TABLE t ALTER id TYPE text");
      assertThat(consumer.state().difference().parts()).contains(COLUMNS);
      assertThat(fixture.ensure("t", 1)).isEqualTo(consumer.source());
      assertThat(fixture.expected(consumer.source(), 1).window().buffers())
          .as("rows of the old type are of no use, nobody can prove them")
          .hasSize(2);
      fixture.database().execute("INSERT INTO t VALUES ('not a number')");
      assertThat(fixture.captured(consumer.source(), 1)).containsExactly("+1 not a number");
      assertThat(consumer.refresh()).isEqualTo(ToyConsumer.Mode.FULL);
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void aRewriteWithoutATraceIsSeen(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      ToyConsumer consumer = consumer(fixture, CaptureRules.standard());
      assertThat(consumer.state().rewritten()).isFalse();
      fixture.database().execute("VACUUM FULL t");
      assertThat(consumer.state().rewritten()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void aReplacedFunctionIsSeenBeforeTheCommit(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      fixture
          .database()
          .execute("CREATE FUNCTION f() RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1'");
      long oid =
          fixture.database().queryLong("SELECT oid::bigint FROM pg_proc WHERE proname = 'f'");
      SqlSession refresh = fixture.session();
      refresh.execute("BEGIN ISOLATION LEVEL REPEATABLE READ");
      String expected = refresh.queryText("SELECT " + FunctionDefinitions.query(List.of(oid)));
      String present = refresh.queryText("SELECT xmin FROM pg_proc WHERE oid = " + oid);
      check(refresh, oid, String.valueOf(expected));
      fixture
          .database()
          .execute(
              "CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 2'");
      assertThat(refresh.queryText("SELECT xmin FROM pg_proc WHERE oid = " + oid))
          .as("planted: a query of the catalog shows the snapshot and sees nothing")
          .isEqualTo(present);
      assertThatThrownBy(() -> check(refresh, oid, String.valueOf(expected)))
          .isInstanceOfSatisfying(
              SQLException.class,
              replaced ->
                  assertThat(replaced.getSQLState()).isEqualTo(FunctionDefinitions.REPLACED));
    }
  }

  private static void check(SqlSession session, long oid, String expected) throws SQLException {
    BoundStatement check = FunctionDefinitions.check(List.of(oid), expected);
    session.queryText(check.sql(), check.parameters().toArray());
  }

  private static ToyConsumer consumer(CaptureFixture fixture, CaptureRules rules)
      throws SQLException {
    fixture.database().execute("CREATE TABLE t (id int, unread int)");
    return ToyConsumer.loaded(fixture, rules, "t", ID);
  }

  private static ToyConsumer disableWriteEnable(CaptureFixture fixture, CaptureRules rules)
      throws SQLException {
    ToyConsumer consumer = consumer(fixture, rules);
    fixture
        .database()
        .execute(
            "INSERT INTO t VALUES (1)",
            "ALTER TABLE t DISABLE TRIGGER pgtrickle_capture_insert",
            "INSERT INTO t VALUES (2)",
            "ALTER TABLE t ENABLE TRIGGER pgtrickle_capture_insert");
    return consumer;
  }

  /** The fingerprint of table t, and what of it changed since it was read last. */
  private static final class Catalog {
    private final CaptureFixture fixture;
    private final FingerprintScope scope;
    private List<Long> last;
    private long trace;

    Catalog(CaptureFixture fixture, Integer... attributeNumbers) throws SQLException {
      this.fixture = fixture;
      this.scope =
          new FingerprintScope(
              fixture.oid("t"),
              Extent.ITSELF,
              new TreeSet<>(Set.of(attributeNumbers)),
              List.of(fixture.database().queryLong("SELECT 'f'::regproc::oid::bigint")),
              List.of(
                  fixture.database().queryLong("SELECT 'mood'::regtype::oid::bigint"),
                  fixture.database().queryLong("SELECT 'short'::regtype::oid::bigint"),
                  fixture.database().queryLong("SELECT 'pair'::regtype::oid::bigint")),
              List.of(fixture.database().queryLong("SELECT 'seen'::regclass::oid::bigint")));
      this.last = read();
      this.trace = readTrace();
    }

    Set<FingerprintPart> after(String... statements) throws SQLException {
      fixture.database().execute(statements);
      List<Long> present = read();
      FingerprintDifference difference = FingerprintDifference.between(last, present);
      last = present;
      assertThat(difference.words().isEmpty()).isEqualTo(difference.isEmpty());
      long presentTrace = readTrace();
      assertThat(presentTrace).as("the trace of " + List.of(statements)).isNotEqualTo(trace);
      trace = presentTrace;
      return difference.parts().isEmpty()
          ? EnumSet.noneOf(FingerprintPart.class)
          : EnumSet.copyOf(difference.parts());
    }

    private long readTrace() throws SQLException {
      SourceStates.Expected source =
          new SourceStates.Expected(
              new ChangeWindow(0, scope.relationOid(), List.of(), Map.of()), scope);
      SourceStates.Reader reader = new SourceStates.Reader(1, List.of(source));
      CatalogTrace traced = new CatalogTrace();
      return fixture
          .database()
          .queryLong(
              "WITH %s SELECT %s"
                  .formatted(
                      String.join(", ", traced.commonTables(List.of(reader))),
                      traced.number(reader, source)));
    }

    private List<Long> read() throws SQLException {
      Object array =
          fixture
              .database()
              .query("SELECT array_to_string(%s, ',')".formatted(Fingerprint.expression(scope)))
              .getFirst()
              .getFirst();
      List<Long> parts = new ArrayList<>();
      for (String part : String.valueOf(array).split(",", -1)) {
        parts.add(Long.valueOf(part));
      }
      return parts;
    }
  }
}
