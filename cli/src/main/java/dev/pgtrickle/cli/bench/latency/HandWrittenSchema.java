package dev.pgtrickle.cli.bench.latency;

import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * What a person would install by hand to keep tables over one source current under all rules of the
 * protocol: typed capture, a ring of two buffers by xid, frontiers, horizon, guards, fence.
 */
final class HandWrittenSchema {
  static final String TABLE = "trickle_bench_hand.account";
  static final String RESULT = "trickle_bench_hand.shown";
  static final String CHANNEL = "trickle_bench_hand";

  /** First half of the key of the advisory lock that says "the worker sleeps". */
  static final int LOCK_SPACE = 7_212_026;

  private static final String OBJECTS =
      """
      CREATE TABLE trickle_bench_hand.changes_a (xid xid8 NOT NULL, weight int2 NOT NULL,
        branch integer, balance integer);
      CREATE INDEX ON trickle_bench_hand.changes_a (xid);
      CREATE TABLE trickle_bench_hand.changes_b (LIKE trickle_bench_hand.changes_a INCLUDING ALL);

      CREATE TABLE trickle_bench_hand.fence ();
      CREATE TABLE trickle_bench_hand.ownership (epoch bigint NOT NULL);
      INSERT INTO trickle_bench_hand.ownership VALUES (1);
      CREATE TABLE trickle_bench_hand.source (id integer PRIMARY KEY, horizon pg_snapshot NOT NULL);
      CREATE TABLE trickle_bench_hand.frontier (version_id integer PRIMARY KEY,
        source_id integer NOT NULL, snapshot pg_snapshot NOT NULL, fingerprint bigint)
        WITH (fillfactor = 50);
      CREATE TABLE trickle_bench_hand.history (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        started_at timestamptz NOT NULL, finished_at timestamptz NOT NULL, changes bigint NOT NULL);

      INSERT INTO trickle_bench_hand.source VALUES (1, pg_current_snapshot());
      """;

  private static final String CAPTURE =
      """
      CREATE FUNCTION trickle_bench_hand.capture_%1$s() RETURNS trigger LANGUAGE plpgsql
      SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
      BEGIN
        %2$s
        IF NOT pg_try_advisory_lock_shared(%3$d, 1) THEN
          PERFORM pg_notify('trickle_bench_hand', '');
        ELSE
          PERFORM pg_advisory_unlock_shared(%3$d, 1);
        END IF;
        RETURN NULL;
      END $body$;
      CREATE TRIGGER capture_%1$s AFTER %1$s ON trickle_bench_hand.account
      REFERENCING %4$s FOR EACH STATEMENT
      EXECUTE FUNCTION trickle_bench_hand.capture_%1$s()\
      """;

  private static final String RECORD =
      """
      INSERT INTO trickle_bench_hand.changes_a
          SELECT (SELECT pg_current_xact_id()), %d, branch, balance FROM %s;\
      """;

  private HandWrittenSchema() {}

  static void create(Connection connection, Accounts accounts, Pipeline pipeline)
      throws SQLException {
    SqlSession session = new SqlSession(connection);
    session.execute("CREATE SCHEMA trickle_bench_hand");
    accounts.create(connection, TABLE);
    String removed = RECORD.formatted(-1, "o");
    String added = RECORD.formatted(1, "n");
    session.execute(
        CAPTURE.formatted("insert", added, LOCK_SPACE, "NEW TABLE AS n"),
        CAPTURE.formatted("delete", removed, LOCK_SPACE, "OLD TABLE AS o"),
        CAPTURE.formatted(
            "update", removed + "\n  " + added, LOCK_SPACE, "OLD TABLE AS o NEW TABLE AS n"),
        OBJECTS);
    for (String object : new HandWrittenStages(pipeline).objects()) {
      session.execute(object);
    }
    session.execute(pipeline.shown("trickle_bench_hand"));
  }

  static void drop(Connection connection) throws SQLException {
    new SqlSession(connection).execute("DROP SCHEMA IF EXISTS trickle_bench_hand CASCADE");
  }
}
