package dev.pgtrickle.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.io.IOException;
import java.io.StringReader;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.PGConnection;

/**
 * P6: a source with tables below it. Whatever table a statement names, each row is captured once; a
 * TRUNCATE is told by the tables that have rows.
 */
class P6DescendantsTest {
  private static final String VERSIONS = "dev.pgtrickle.testbed.postgres.TestServers#versions";

  private static final Map<Integer, String> COLUMNS = Map.of(1, "id", 2, "v");

  /** The columns of one partition stand in another order, behind one that was dropped. */
  private static final String[] PARTITIONED = {
    "CREATE TABLE t (id int, v text) PARTITION BY RANGE (id)",
    "CREATE TABLE low PARTITION OF t FOR VALUES FROM (0) TO (10)",
    "CREATE TABLE high (junk int, v text, id int) PARTITION BY RANGE (id)",
    "ALTER TABLE high DROP COLUMN junk",
    "CREATE TABLE tens PARTITION OF high FOR VALUES FROM (10) TO (20)",
    "CREATE TABLE twenties (v text, id int)",
    "ALTER TABLE high ATTACH PARTITION twenties FOR VALUES FROM (20) TO (30)",
    "ALTER TABLE t ATTACH PARTITION high FOR VALUES FROM (10) TO (30)",
  };

  private static final String[] INHERITED = {
    "CREATE TABLE t (id int, v text)",
    "CREATE TABLE child (own int) INHERITS (t)",
    "CREATE TABLE grandchild () INHERITS (child)",
    "CREATE TABLE odd (v text, junk int, id int)",
    "ALTER TABLE odd DROP COLUMN junk",
    "ALTER TABLE odd INHERIT t",
  };

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void each_row_is_captured_once_whichever_partition_is_named(PostgresVersion version)
      throws SQLException, IOException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      fixture.database().execute(PARTITIONED);
      long source = fixture.ensure("t", 1, 2);
      expect(
          fixture,
          source,
          "INSERT INTO t VALUES (1, 'a'), (12, 'b'), (22, 'c')",
          "+1 1 a",
          "+1 12 b",
          "+1 22 c");
      expect(
          fixture,
          source,
          "INSERT INTO high (id, v) VALUES (13, 'd'), (23, 'e')",
          "+1 13 d",
          "+1 23 e");
      expect(fixture, source, "INSERT INTO twenties (id, v) VALUES (24, 'f')", "+1 24 f");
      expect(fixture, source, "UPDATE low SET v = 'A'", "+1 1 A", "-1 1 a");
      expect(fixture, source, "UPDATE t SET id = id + 20 WHERE id = 1", "+1 21 A", "-1 1 A");
      expect(fixture, source, "UPDATE high SET id = id - 10 WHERE id = 24", "+1 14 f", "-1 24 f");
      expect(
          fixture,
          source,
          "UPDATE t SET v = upper(v) WHERE id IN (12, 22)",
          "+1 12 B",
          "+1 22 C",
          "-1 12 b",
          "-1 22 c");
      expect(fixture, source, "DELETE FROM tens WHERE id = 14", "-1 14 f");
      expect(fixture, source, "DELETE FROM t WHERE id IN (13, 23)", "-1 13 d", "-1 23 e");
      PGConnection copier = fixture.session().connection().unwrap(PGConnection.class);
      copier.getCopyAPI().copyIn("COPY t FROM STDIN", new StringReader("5\tx\n25\ty\n"));
      copier.getCopyAPI().copyIn("COPY tens (id, v) FROM STDIN", new StringReader("15\tz\n"));
      assertThat(fixture.captured(source, 1, 2)).containsExactly("+1 15 z", "+1 25 y", "+1 5 x");
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void each_row_is_captured_once_whichever_child_is_named(PostgresVersion version)
      throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      fixture.database().execute(INHERITED);
      long source = fixture.ensure("t", 1, 2);
      expect(fixture, source, "INSERT INTO t VALUES (1, 'a')", "+1 1 a");
      expect(fixture, source, "INSERT INTO child VALUES (2, 'b', 7)", "+1 2 b");
      expect(fixture, source, "INSERT INTO grandchild VALUES (3, 'c', 8)", "+1 3 c");
      expect(fixture, source, "INSERT INTO odd (id, v) VALUES (4, 'd')", "+1 4 d");
      expect(
          fixture,
          source,
          "UPDATE t SET id = id + 10",
          "+1 11 a",
          "+1 12 b",
          "+1 13 c",
          "+1 14 d",
          "-1 1 a",
          "-1 2 b",
          "-1 3 c",
          "-1 4 d");
      expect(fixture, source, "UPDATE child SET v = 'C' WHERE id = 13", "+1 13 C", "-1 13 c");
      expect(fixture, source, "UPDATE ONLY t SET v = 'A'", "+1 11 A", "-1 11 a");
      expect(fixture, source, "DELETE FROM odd", "-1 14 d");
      expect(fixture, source, "DELETE FROM t", "-1 11 A", "-1 12 b", "-1 13 C");
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void merge_and_cascades_name_the_table_above(PostgresVersion version) throws SQLException {
    assumeThat(version.major()).isGreaterThanOrEqualTo(15);
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      fixture.database().execute("CREATE TABLE parent (id int PRIMARY KEY)");
      fixture.database().execute(PARTITIONED);
      fixture
          .database()
          .execute(
              "INSERT INTO parent VALUES (1), (12), (22)",
              "INSERT INTO t VALUES (1, 'a'), (12, 'b'), (22, 'c')",
              "ALTER TABLE t ADD FOREIGN KEY (id) REFERENCES parent ON DELETE CASCADE ON UPDATE CASCADE");
      long source = fixture.ensure("t", 1, 2);
      expect(
          fixture,
          source,
          """
          MERGE INTO t USING (VALUES (1, 'x'), (12, 'y'), (22, 'z')) AS n (id, v) ON n.id = t.id
          WHEN MATCHED AND t.id = 1 THEN DELETE
          WHEN MATCHED THEN UPDATE SET v = n.v\
          """,
          "+1 12 y",
          "+1 22 z",
          "-1 1 a",
          "-1 12 b",
          "-1 22 c");
      expect(fixture, source, "UPDATE parent SET id = 5 WHERE id = 12", "+1 5 y", "-1 12 y");
      expect(fixture, source, "DELETE FROM parent WHERE id > 20", "-1 22 z");
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void writers_of_the_replica_role_are_captured_by_row(PostgresVersion version)
      throws SQLException {
    Map<String, String[]> schemas = Map.of("twenties", PARTITIONED, "odd", INHERITED);
    for (String below : schemas.keySet()) {
      try (CaptureFixture fixture = new CaptureFixture(version)) {
        fixture.database().execute(schemas.get(below));
        long source = fixture.ensure("t", 1, 2);
        SqlSession subscription = fixture.superuser();
        subscription.execute(
            "SET session_replication_role = replica",
            "SET search_path = public",
            "INSERT INTO t VALUES (1, 'a')",
            "INSERT INTO " + below + " (id, v) VALUES (21, 'b')",
            "UPDATE t SET v = v || 'x'",
            "DELETE FROM t WHERE id = 21");
        assertThat(fixture.captured(source, 1, 2))
            .containsExactly(
                "+1 1 a", "+1 1 ax", "+1 21 b", "+1 21 bx", "-1 1 a", "-1 21 b", "-1 21 bx");
      }
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void a_truncate_is_told_by_each_table_that_has_rows(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      fixture.database().execute(PARTITIONED);
      fixture.database().execute("INSERT INTO t VALUES (1, 'a'), (12, 'b'), (22, 'c')");
      long source = fixture.ensure("t", 1, 2);
      expect(fixture, source, "TRUNCATE tens", "!2", "-1 12 b");
      expect(fixture, source, "TRUNCATE t", "!2", "!2", "!2", "-1 1 a", "-1 22 c");
    }
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      fixture.database().execute(INHERITED);
      fixture
          .database()
          .execute(
              "INSERT INTO t VALUES (1, 'a')",
              "INSERT INTO child VALUES (2, 'b')",
              "INSERT INTO grandchild VALUES (3, 'c')");
      long source = fixture.ensure("t", 1, 2);
      expect(fixture, source, "TRUNCATE ONLY t", "!2", "-1 1 a");
      expect(fixture, source, "TRUNCATE child", "!2", "!2", "-1 2 b", "-1 3 c");
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void a_table_that_comes_below_is_a_gap_until_it_has_triggers(PostgresVersion version)
      throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      fixture.database().execute(PARTITIONED);
      ToyConsumer consumer = ToyConsumer.loaded(fixture, CaptureRules.standard(), "t", COLUMNS);
      fixture
          .database()
          .execute(
              "CREATE TABLE thirties PARTITION OF t FOR VALUES FROM (30) TO (40)",
              "INSERT INTO thirties VALUES (31, 'uncaptured')",
              "INSERT INTO t VALUES (32, 'captured')");
      assertThat(consumer.state().gap()).isNotEmpty();
      assertThat(consumer.refresh()).isEqualTo(ToyConsumer.Mode.FULL);
      assertThat(consumer.rows()).isEqualTo(consumer.truth());
      fixture
          .database()
          .execute("INSERT INTO thirties VALUES (33, 'both')", "DELETE FROM t WHERE id = 31");
      assertThat(consumer.refresh()).isEqualTo(ToyConsumer.Mode.DIFFERENTIAL);
      assertThat(consumer.rows()).isEqualTo(consumer.truth());
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void a_table_that_left_is_captured_no_more(PostgresVersion version) throws SQLException {
    for (String leave :
        List.of("ALTER TABLE high DETACH PARTITION tens", "ALTER TABLE t DETACH PARTITION high")) {
      try (CaptureFixture fixture = new CaptureFixture(version)) {
        fixture.database().execute(PARTITIONED);
        fixture.database().execute("INSERT INTO t VALUES (1, 'a'), (12, 'b'), (22, 'c')");
        ToyConsumer consumer = ToyConsumer.loaded(fixture, CaptureRules.standard(), "t", COLUMNS);
        fixture.database().execute(leave, "UPDATE tens SET v = 'gone'");
        assertThat(consumer.refresh()).isEqualTo(ToyConsumer.Mode.FULL);
        fixture
            .database()
            .execute(
                "INSERT INTO tens (id, v) VALUES (13, 'x')",
                "DELETE FROM tens",
                "INSERT INTO t VALUES (2, 'd')");
        assertThat(consumer.refresh()).isEqualTo(ToyConsumer.Mode.DIFFERENTIAL);
        assertThat(consumer.rows()).isEqualTo(consumer.truth());
        fixture.database().execute("DELETE FROM pgtrickle.frontier");
        fixture.capture().release(consumer.source());
        assertThat(
                fixture
                    .database()
                    .queryLong("SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'pgtrickle%'"))
            .isZero();
      }
    }
  }

  /** No trigger of ours would have been fired by what was lost. */
  @ParameterizedTest
  @MethodSource(VERSIONS)
  void planted_triggers_on_the_named_table_alone_lose_what_is_written_below(PostgresVersion version)
      throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      fixture.database().execute(PARTITIONED);
      ToyConsumer consumer = ToyConsumer.loaded(fixture, CaptureRules.standard(), "t", COLUMNS);
      for (String table : List.of("low", "high", "tens", "twenties")) {
        for (String event : List.of("insert", "update", "delete")) {
          fixture.database().execute("DROP TRIGGER pgtrickle_capture_" + event + " ON " + table);
        }
      }
      fixture
          .database()
          .execute("INSERT INTO low VALUES (1, 'a')", "INSERT INTO t VALUES (2, 'b')");
      assertThat(consumer.refreshWithoutRepair()).isEqualTo(ToyConsumer.Mode.DIFFERENTIAL);
      assertThat(consumer.rows()).isNotEqualTo(consumer.truth());
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void what_was_done_to_a_table_below_is_found(PostgresVersion version) throws SQLException {
    for (String deed :
        List.of(
            "ALTER TABLE tens DISABLE TRIGGER pgtrickle_capture_insert",
            "DROP TRIGGER pgtrickle_capture_update ON high",
            "ALTER TABLE twenties ENABLE TRIGGER pgtrickle_capture_truncate",
            "ALTER TABLE low DISABLE TRIGGER ALL; ALTER TABLE low ENABLE TRIGGER ALL")) {
      try (CaptureFixture fixture = new CaptureFixture(version)) {
        fixture.database().execute(PARTITIONED);
        ToyConsumer consumer = ToyConsumer.loaded(fixture, CaptureRules.standard(), "t", COLUMNS);
        assertThat(consumer.state().gap()).isEmpty();
        fixture.database().execute(deed);
        assertThat(consumer.state().gap()).as(deed).isNotEmpty();
        assertThat(consumer.refresh()).isEqualTo(ToyConsumer.Mode.FULL);
        assertThat(consumer.state().gap()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void tables_below_that_cannot_be_captured_are_named(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      fixture.database().execute(PARTITIONED);
      fixture
          .database()
          .execute("CREATE UNLOGGED TABLE forgetful PARTITION OF t FOR VALUES FROM (50) TO (60)");
      refused(fixture, "public.forgetful");
      fixture.database().execute("DROP TABLE forgetful");
      fixture
          .database()
          .executeAsSuperuser(
              "CREATE FOREIGN DATA WRAPPER nowhere",
              "CREATE SERVER elsewhere FOREIGN DATA WRAPPER nowhere",
              "CREATE FOREIGN TABLE public.remote PARTITION OF public.t FOR VALUES FROM (60) TO (70) SERVER elsewhere");
      refused(fixture, "public.remote");
      assertThatThrownBy(() -> fixture.ensure("tens", 1))
          .isInstanceOfSatisfying(
              TrickleException.class,
              failure -> assertThat(failure.code()).isEqualTo(ErrorCode.UNSUPPORTED));
    }
  }

  private static void refused(CaptureFixture fixture, String table) {
    assertThatThrownBy(() -> fixture.ensure("t", 1))
        .isInstanceOfSatisfying(
            TrickleException.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(ErrorCode.UNSUPPORTED);
              assertThat(failure.getMessage()).contains(table);
            });
  }

  private static void expect(
      CaptureFixture fixture, long source, String statement, String... captured)
      throws SQLException {
    fixture.database().execute(statement);
    assertThat(fixture.captured(source, 1, 2)).as(statement).containsExactly(captured);
    for (String buffer : List.of("a", "b")) {
      fixture
          .database()
          .execute("DELETE FROM pgtrickle_data.changes_%d_1_%s".formatted(source, buffer));
    }
  }
}
