package dev.pgtrickle.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.source.Coverage;
import dev.pgtrickle.engine.source.WakeUp;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.io.IOException;
import java.io.StringReader;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** Every way in which a row can change leaves its old image with -1 and its new one with +1. */
class WhatIsCapturedTest {
  private static final String VERSIONS = "dev.pgtrickle.testbed.postgres.TestServers#versions";

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void plainStatements(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      long source = table(fixture);
      fixture.database().execute("INSERT INTO t VALUES (1, 'a', 'x'), (2, 'b', 'y')");
      assertThat(fixture.captured(source, 1, 2)).containsExactly("+1 1 a", "+1 2 b");
      clear(fixture);
      fixture.database().execute("UPDATE t SET v = 'c' WHERE id = 1");
      assertThat(fixture.captured(source, 1, 2)).containsExactly("+1 1 c", "-1 1 a");
      clear(fixture);
      fixture.database().execute("UPDATE t SET id = 10 WHERE id = 1");
      assertThat(fixture.captured(source, 1, 2)).containsExactly("+1 10 c", "-1 1 c");
      clear(fixture);
      fixture.database().execute("DELETE FROM t WHERE id = 2");
      assertThat(fixture.captured(source, 1, 2)).containsExactly("-1 2 b");
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void copyConflictsCommonTableExpressionsAndViews(PostgresVersion version)
      throws SQLException, IOException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      long source = table(fixture);
      SqlSession session = fixture.session();
      PGConnection copier = session.connection().unwrap(PGConnection.class);
      copier.getCopyAPI().copyIn("COPY t FROM STDIN", new StringReader("1\ta\tx\n2\tb\ty\n"));
      assertThat(fixture.captured(source, 1, 2)).containsExactly("+1 1 a", "+1 2 b");
      clear(fixture);
      session.execute(
          "INSERT INTO t VALUES (1, 'n', 'n'), (3, 'c', 'z')"
              + " ON CONFLICT (id) DO UPDATE SET v = excluded.v");
      assertThat(fixture.captured(source, 1, 2)).containsExactly("+1 1 n", "+1 3 c", "-1 1 a");
      clear(fixture);
      session.execute(
          "WITH gone AS (DELETE FROM t WHERE id = 3 RETURNING *)"
              + " INSERT INTO t SELECT id + 1, v, w FROM gone");
      assertThat(fixture.captured(source, 1, 2)).containsExactly("+1 4 c", "-1 3 c");
      clear(fixture);
      session.execute("CREATE VIEW u AS SELECT id, v FROM t", "UPDATE u SET v = 'u' WHERE id = 4");
      assertThat(fixture.captured(source, 1, 2)).containsExactly("+1 4 u", "-1 4 c");
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void merge(PostgresVersion version) throws SQLException {
    assumeThat(version.major()).isGreaterThanOrEqualTo(15);
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      fixture.database().execute("CREATE TABLE t (id int PRIMARY KEY, v text)");
      fixture.database().execute("INSERT INTO t VALUES (1, 'a'), (2, 'b')");
      long source = fixture.ensure("t", 1, 2);
      fixture
          .database()
          .execute(
              """
              MERGE INTO t USING (VALUES (1, 'x'), (2, 'y'), (3, 'z')) AS n (id, v) ON n.id = t.id
              WHEN MATCHED AND t.id = 1 THEN DELETE
              WHEN MATCHED THEN UPDATE SET v = n.v
              WHEN NOT MATCHED THEN INSERT VALUES (n.id, n.v)\
              """);
      assertThat(fixture.captured(source, 1, 2))
          .containsExactly("+1 2 y", "+1 3 z", "-1 1 a", "-1 2 b");
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void cascadesAndTriggersOfTheApplication(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      fixture
          .database()
          .execute(
              "CREATE TABLE parent (id int PRIMARY KEY)",
              """
              CREATE TABLE t (id int PRIMARY KEY, p int REFERENCES parent
                ON DELETE CASCADE ON UPDATE CASCADE, note text)\
              """,
              """
              CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS
              $$BEGIN NEW.note := 'noted'; RETURN NEW; END$$\
              """,
              """
              CREATE FUNCTION again() RETURNS trigger LANGUAGE plpgsql AS
              $$BEGIN UPDATE t SET note = 'again' WHERE id = NEW.id; RETURN NULL; END$$\
              """,
              "CREATE TRIGGER b BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION note()",
              "CREATE TRIGGER z AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION again()",
              "INSERT INTO parent VALUES (1)");
      long source = fixture.ensure("t", 1, 2, 3);
      fixture.database().execute("INSERT INTO t VALUES (7, 1)");
      assertThat(fixture.captured(source, 1, 2, 3))
          .containsExactly("+1 7 1 again", "+1 7 1 noted", "-1 7 1 noted");
      clear(fixture);
      fixture.database().execute("UPDATE parent SET id = 2");
      assertThat(fixture.captured(source, 1, 2, 3)).containsExactly("+1 7 2 again", "-1 7 1 again");
      clear(fixture);
      fixture.database().execute("DELETE FROM parent");
      assertThat(fixture.captured(source, 1, 2, 3)).containsExactly("-1 7 2 again");
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void savepointsThatAreRolledBackLeaveNothing(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      long source = table(fixture);
      fixture
          .session()
          .execute(
              "BEGIN",
              "INSERT INTO t VALUES (1, 'a', 'x')",
              "SAVEPOINT s",
              "INSERT INTO t VALUES (2, 'b', 'y')",
              "ROLLBACK TO s",
              "UPDATE t SET v = 'c'",
              "COMMIT");
      assertThat(fixture.captured(source, 1, 2)).containsExactly("+1 1 a", "+1 1 c", "-1 1 a");
      assertThat(fixture.database().queryLong("SELECT count(DISTINCT xid) FROM " + buffer(source)))
          .as("all of a transaction has the number of the top-level transaction")
          .isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void twoPhaseCommitWorksWhenTheWorkerPolls(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      long source = table(fixture);
      String name = "transfer " + fixture.database().name();
      fixture
          .session()
          .execute(
              "BEGIN", "INSERT INTO t VALUES (1, 'a', 'x')", "PREPARE TRANSACTION '" + name + "'");
      assertThat(fixture.captured(source, 1, 2)).isEmpty();
      fixture.session().execute("COMMIT PREPARED '" + name + "'");
      assertThat(fixture.captured(source, 1, 2)).containsExactly("+1 1 a");
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void aWriterNotifiesOnlyWhileTheWorkerSleeps(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      fixture.database().execute("CREATE TABLE t (id int)");
      fixture.capture().ensure(fixture.requirement("t", 1), CaptureFixture.options(WakeUp.NOTIFY));
      SqlSession worker = fixture.session();
      worker.execute("LISTEN " + WakeChannel.NAME);
      SqlSession writer = fixture.session();
      writer.execute("INSERT INTO t VALUES (1)");
      assertThat(notifications(worker)).isZero();
      assertThat(worker.queryText(WakeChannel.armQuery())).isEqualTo("t");
      writer.execute("UPDATE t SET id = 2 WHERE id = 3");
      assertThat(notifications(worker)).as("a statement that changes nothing").isZero();
      writer.execute("INSERT INTO t VALUES (2)");
      assertThat(notifications(worker)).isEqualTo(1);
      writer.execute("BEGIN", "INSERT INTO t VALUES (3)", "DELETE FROM t WHERE id = 3", "COMMIT");
      assertThat(notifications(worker)).as("one a transaction").isEqualTo(1);
      writer.execute("TRUNCATE t");
      assertThat(notifications(worker)).isEqualTo(1);
      assertThat(worker.queryText(WakeChannel.disarmQuery())).isEqualTo("t");
      writer.execute("INSERT INTO t VALUES (4)");
      assertThat(notifications(worker)).isZero();
      assertThat(worker.queryText(WakeChannel.armQuery()))
          .as("no writer has kept the lock")
          .isEqualTo("t");
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void writersOfTheReplicaRole(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      long source = table(fixture);
      SqlSession subscription = fixture.superuser();
      subscription.execute(
          "SET session_replication_role = replica",
          "INSERT INTO public.t VALUES (1, 'a', 'x')",
          "UPDATE public.t SET v = 'b'",
          "DELETE FROM public.t");
      assertThat(fixture.captured(source, 1, 2))
          .containsExactly("+1 1 a", "+1 1 b", "-1 1 a", "-1 1 b");
      clear(fixture);
      subscription.execute("INSERT INTO public.t VALUES (2, 'c', 'z')", "TRUNCATE public.t");
      assertThat(fixture.captured(source, 1, 2)).containsExactly("!2", "+1 2 c", "-1 2 c");
      clear(fixture);
      fixture.database().execute("INSERT INTO t VALUES (3, 'd', 'z')");
      assertThat(fixture.captured(source, 1, 2))
          .as("an ordinary writer is not captured twice")
          .containsExactly("+1 3 d");
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void aHostileSearchPathAndAUserWithoutRightsOnTheBuffer(PostgresVersion version)
      throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      long source = table(fixture);
      String stranger = "stranger_" + fixture.database().user();
      fixture.database().executeAsSuperuser("CREATE ROLE " + stranger + " LOGIN");
      try {
        fixture.database().execute("GRANT SELECT, INSERT, UPDATE, DELETE ON t TO " + stranger);
        fixture
            .database()
            .executeAsSuperuser(
                "GRANT TEMPORARY ON DATABASE " + fixture.database().name() + " TO " + stranger);
        SqlSession session = fixture.sessionOf(stranger);
        session.execute(
            "CREATE TEMP TABLE new_rows (id int, v text)",
            "CREATE TEMP TABLE t2 (LIKE public.t)",
            """
            CREATE FUNCTION pg_temp.pg_current_xact_id() RETURNS xid8 LANGUAGE sql
            AS $$ SELECT '1'::xid8 $$\
            """,
            """
            CREATE FUNCTION pg_temp.clock_timestamp() RETURNS timestamptz LANGUAGE sql
            AS $$ SELECT 'infinity'::timestamptz $$\
            """,
            "SET search_path = pg_temp, public, pg_catalog",
            "INSERT INTO public.t VALUES (1, 'a', 'x')");
        assertThat(fixture.captured(source, 1, 2)).containsExactly("+1 1 a");
        assertThat(fixture.database().queryText("SELECT min(xid::text) FROM " + buffer(source)))
            .isNotEqualTo("1");
        assertThatThrownBy(
                () -> session.execute("INSERT INTO " + buffer(source) + " VALUES (1, 1)"))
            .isInstanceOfSatisfying(
                SQLException.class,
                refused -> assertThat(refused.getSQLState()).isEqualTo("42501"));
        assertThatThrownBy(() ->
                session.execute(
                    "CREATE TEMP TABLE mine (id int, v text)",
                    """
                    CREATE TRIGGER evil AFTER INSERT ON mine
                    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT
                    EXECUTE FUNCTION pgtrickle_data.capture_%d_insert()\
                    """
                        .formatted(source)))
            .as("nobody else can put our functions on a table of his own")
            .isInstanceOfSatisfying(
                SQLException.class,
                refused -> assertThat(refused.getSQLState()).isEqualTo("42501"));
      } finally {
        fixture.database().executeAsSuperuser("DROP OWNED BY " + stranger, "DROP ROLE " + stranger);
      }
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void oddNamesTypesAndTablesWithoutKey(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      fixture
          .database()
          .execute(
              "CREATE DOMAIN \"short %s\" AS varchar(5) NOT NULL CHECK (VALUE <> 'bad')",
              "CREATE TYPE mood AS ENUM ('sad', 'happy')",
              """
              CREATE TABLE "o'dd ""t%s$body$" (
                gone int, "tg_op" "short %s", "new" mood, "a\\b'c" text COLLATE "C", xid int,
                generated int GENERATED ALWAYS AS (xid + 1) STORED)\
              """,
              "ALTER TABLE \"o'dd \"\"t%s$body$\" DROP COLUMN gone");
      String name = "o'dd \"t%s$body$";
      long source = fixture.ensure(name, 2, 3, 4, 5, 6);
      fixture
          .database()
          .execute(
              "INSERT INTO \"o'dd \"\"t%s$body$\" VALUES ('a', 'happy', 'z', 1)",
              "INSERT INTO \"o'dd \"\"t%s$body$\" VALUES ('a', 'happy', 'z', 1)",
              "UPDATE \"o'dd \"\"t%s$body$\" SET \"new\" = NULL",
              "TRUNCATE \"o'dd \"\"t%s$body$\"");
      assertThat(fixture.captured(source, 2, 3, 4, 5, 6))
          .containsExactly(
              "!2",
              "+1 a NULL z 1 2",
              "+1 a NULL z 1 2",
              "+1 a happy z 1 2",
              "+1 a happy z 1 2",
              "-1 a NULL z 1 2",
              "-1 a NULL z 1 2",
              "-1 a happy z 1 2",
              "-1 a happy z 1 2");
      fixture.database().execute("ALTER DOMAIN \"short %s\" ADD CHECK (VALUE <> 'a')");
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void aTableOfWhichNoColumnMatters(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      fixture.database().execute("CREATE TABLE t (id int)");
      long source = fixture.ensure("t");
      fixture.database().execute("INSERT INTO t VALUES (1), (2)", "DELETE FROM t WHERE id = 1");
      assertThat(fixture.captured(source)).containsExactly("+1", "+1", "-1");
      fixture.database().execute("TRUNCATE t");
      assertThat(fixture.captured(source)).containsExactly("!2", "+1", "+1", "-1", "-1");
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void whatCannotBeCapturedExactlyIsRefused(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      fixture
          .database()
          .execute(
              "CREATE TABLE base (id int)",
              "CREATE VIEW a_view AS SELECT * FROM base",
              "CREATE MATERIALIZED VIEW a_matview AS SELECT * FROM base",
              "CREATE TABLE partitioned (id int) PARTITION BY LIST (id)",
              "CREATE TABLE a_partition PARTITION OF partitioned FOR VALUES IN (1)",
              "CREATE TABLE parent (id int)",
              "CREATE TABLE child () INHERITS (parent)",
              "CREATE UNLOGGED TABLE forgetful (id int)");
      for (String table : List.of("a_view", "a_matview", "a_partition", "child", "forgetful")) {
        assertThatThrownBy(() -> fixture.ensure(table, 1))
            .as(table)
            .isInstanceOf(TrickleException.class)
            .hasMessageStartingWith("Unsupported: the table cannot be captured");
      }
      assertThatThrownBy(() -> fixture.ensure("base", 2))
          .isInstanceOf(TrickleException.class)
          .hasMessageStartingWith("SourceMissing");
      assertThat(fixture.database().queryLong("SELECT count(*) FROM pgtrickle.source")).isZero();
      if (version.major() >= 18) {
        fixture.database().execute("ALTER TABLE base ADD doubled int GENERATED ALWAYS AS (id * 2)");
        assertThatThrownBy(() -> fixture.ensure("base", 2))
            .isInstanceOf(TrickleException.class)
            .hasMessageContaining("generated when it is read");
      }
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void rowSecurityHidesNothingFromCapture(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      fixture
          .database()
          .execute(
              "CREATE TABLE t (id int)",
              "ALTER TABLE t ENABLE ROW LEVEL SECURITY",
              "ALTER TABLE t FORCE ROW LEVEL SECURITY",
              "CREATE POLICY few ON t USING (id < 10) WITH CHECK (true)");
      CaptureResult result =
          fixture.capture().ensure(fixture.requirement("t", 1), CaptureFixture.options());
      assertThat(result.coverage()).isEqualTo(Coverage.COMPLETE);
      fixture.database().execute("INSERT INTO t VALUES (1), (99)");
      assertThat(fixture.captured(result.sourceId(), 1)).containsExactly("+1 1", "+1 99");
    }
  }

  private static long table(CaptureFixture fixture) throws SQLException {
    fixture.database().execute("CREATE TABLE t (id int PRIMARY KEY, v text, w text)");
    return fixture.ensure("t", 1, 2);
  }

  private static String buffer(long source) {
    return "pgtrickle_data.changes_%d_1_a".formatted(source);
  }

  private static void clear(CaptureFixture fixture) throws SQLException {
    fixture.database().execute("DELETE FROM " + buffer(1));
  }

  private static int notifications(SqlSession worker) throws SQLException {
    PGNotification[] notifications =
        worker.connection().unwrap(PGConnection.class).getNotifications(200);
    return notifications == null ? 0 : notifications.length;
  }
}
