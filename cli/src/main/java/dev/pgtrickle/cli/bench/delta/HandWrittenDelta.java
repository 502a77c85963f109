package dev.pgtrickle.cli.bench.delta;

import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The best SQL that a person would write for one shape: statement triggers into a typed table, a
 * frontier that is a snapshot, one MERGE. Few changes are a common table whose size the planner is
 * told, many are a temporary table that is analysed. Nothing of the engine is used.
 */
final class HandWrittenDelta {
  private static final int FEW = 1_000;
  private static final double NANOS_IN_MILLI = 1e6;
  private static final String SCHEMA = "trickle_bench_hand";

  private static final String COLUMNS =
      "l_orderkey, l_linenumber, l_suppkey, l_quantity, l_extendedprice, l_discount";

  private static final String CAPTURE =
      """
      CREATE FUNCTION trickle_bench_hand.capture_%1$s() RETURNS trigger LANGUAGE plpgsql
      SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
      BEGIN
        %2$s
        RETURN NULL;
      END $body$;
      CREATE TRIGGER hand_%1$s AFTER %1$s ON lineitem
      REFERENCING %3$s FOR EACH STATEMENT
      EXECUTE FUNCTION trickle_bench_hand.capture_%1$s()\
      """;

  private static final String RECORD =
      """
      INSERT INTO trickle_bench_hand.change
          SELECT (SELECT pg_current_xact_id()), %d, %s FROM %s;\
      """;

  private static final String STATE =
      """
      SELECT f.snapshot::text,
             (SELECT count(*) FROM trickle_bench_hand.change AS c
              WHERE NOT pg_visible_in_snapshot(c.xid, f.snapshot))
      FROM trickle_bench_hand.frontier AS f\
      """;

  private final Connection connection;
  private final HandWrittenShape shape;

  private HandWrittenDelta(Connection connection, HandWrittenShape shape) {
    this.connection = connection;
    this.shape = shape;
  }

  /**
   * Installs capture and fills the result. Nobody may write meanwhile.
   *
   * @param connection with lineitem, orders and customer in its search_path; stays the caller's
   */
  static HandWrittenDelta create(Connection connection, DeltaShape shape) throws SQLException {
    HandWrittenShape written = HandWrittenShape.of(shape);
    SqlSession session = new SqlSession(connection);
    drop(session);
    String removed = RECORD.formatted(-1, COLUMNS, "o");
    String added = RECORD.formatted(1, COLUMNS, "n");
    session.execute(
        "SET jit = off",
        "CREATE SCHEMA " + SCHEMA,
        """
        CREATE TABLE trickle_bench_hand.change (
          xid xid8 NOT NULL, weight int2 NOT NULL, l_orderkey bigint, l_linenumber integer,
          l_suppkey bigint, l_quantity numeric(15,2), l_extendedprice numeric(15,2),
          l_discount numeric(15,2))\
        """,
        "CREATE TABLE trickle_bench_hand.frontier (snapshot pg_snapshot NOT NULL)",
        "CREATE TABLE trickle_bench_hand.result (" + written.table() + ") WITH (fillfactor = 80)",
        CAPTURE.formatted("insert", added, "NEW TABLE AS n"),
        CAPTURE.formatted("delete", removed, "OLD TABLE AS o"),
        CAPTURE.formatted("update", removed + "\n  " + added, "OLD TABLE AS o NEW TABLE AS n"),
        "INSERT INTO trickle_bench_hand.result " + written.initial(),
        "INSERT INTO trickle_bench_hand.frontier VALUES (pg_current_snapshot())",
        "ANALYZE trickle_bench_hand.result");
    return new HandWrittenDelta(connection, written);
  }

  static void drop(SqlSession session) throws SQLException {
    session.execute("DROP SCHEMA IF EXISTS trickle_bench_hand CASCADE");
  }

  /** What was consumed goes: a person would do that at night. */
  void tidy() throws SQLException {
    new SqlSession(connection).execute("TRUNCATE trickle_bench_hand.change");
  }

  /** The time from the beginning of the transaction up to its commit. */
  double refresh() throws SQLException {
    SqlSession session = new SqlSession(connection);
    long before = System.nanoTime();
    session.execute("BEGIN ISOLATION LEVEL REPEATABLE READ");
    List<@Nullable Object> state = session.query(STATE).getFirst();
    long changes = ((Number) Objects.requireNonNull(state.get(1))).longValue();
    String window =
        """
        SELECT weight, %s FROM trickle_bench_hand.change
        WHERE NOT pg_visible_in_snapshot(xid, '%s')\
        """
            .formatted(COLUMNS, state.get(0));
    try (Statement statement = connection.createStatement()) {
      if (changes <= FEW) {
        statement.execute("SET LOCAL enable_seqscan = off");
        statement.execute(
            "WITH d AS MATERIALIZED (%s LIMIT %d)\n%s"
                .formatted(window, Math.max(1, changes), shape.merge()));
      } else {
        statement.execute("CREATE TEMPORARY TABLE d ON COMMIT DROP AS " + window);
        statement.execute("ANALYZE d");
        statement.execute(shape.merge());
      }
      statement.execute("UPDATE trickle_bench_hand.frontier SET snapshot = pg_current_snapshot()");
    }
    double millis = (System.nanoTime() - before) / NANOS_IN_MILLI;
    session.execute("COMMIT");
    return millis;
  }

  /** How many rows differ from those of the query. */
  long differences(String query) throws SQLException {
    return new SqlSession(connection)
        .queryLong(
            """
            SELECT count(*) FROM (
              (%1$s EXCEPT ALL (%2$s)) UNION ALL ((%2$s) EXCEPT ALL %1$s)) AS difference\
            """
                .formatted(shape.visible(), query));
  }
}
