package dev.pgtrickle.cli.bench.writer;

import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A table as applications have them: eight columns, a primary key, an index on the foreign key, and
 * rows that nobody touches. A stream table refers to two of the columns.
 */
record WriterTable(QualifiedName name) {
  /** Rows that stay have negative numbers. */
  private static final int RESIDENT_ROWS = 100_000;

  private static final String WRITTEN = " WHERE id >= 0";

  static WriterTable of(String variant) {
    return new WriterTable(QualifiedName.of("trickle_bench", "writer_" + variant));
  }

  QualifiedName result() {
    return QualifiedName.of("trickle_bench", "totals_" + name.name().name());
  }

  void create(Connection connection) throws SQLException {
    new SqlSession(connection)
        .execute(
            """
            CREATE TABLE %s (
              id          integer PRIMARY KEY,
              customer_id integer NOT NULL,
              amount      integer NOT NULL,
              status      text NOT NULL,
              note        text,
              price       numeric(10, 2) NOT NULL,
              created_at  timestamptz NOT NULL,
              changed_at  timestamptz NOT NULL
            ) WITH (autovacuum_enabled = off)\
            """
                .formatted(name.quoted()),
            "CREATE INDEX ON " + name.quoted() + " (customer_id)",
            insert(-RESIDENT_ROWS, RESIDENT_ROWS),
            "VACUUM ANALYZE " + name.quoted());
  }

  String query() {
    return "SELECT customer_id, count(*) AS orders, sum(amount) AS amount FROM %s GROUP BY customer_id"
        .formatted(name.quoted());
  }

  String insert(int first, int rows) {
    return """
    INSERT INTO %s
    SELECT id, abs(id) %% 1000, abs(id) %% 500, 'open', 'note ' || id, abs(id) %% 100, now(), now()
    FROM generate_series(%d, %d) AS id\
    """
        .formatted(name.quoted(), first, first + rows - 1);
  }

  String updateReferenced() {
    return "UPDATE " + name.quoted() + " SET amount = amount + 1" + WRITTEN;
  }

  String updateUnreferenced() {
    return "UPDATE " + name.quoted() + " SET note = note || '.'" + WRITTEN;
  }

  String delete() {
    return "DELETE FROM " + name.quoted() + WRITTEN;
  }

  void vacuum(Connection connection) throws SQLException {
    new SqlSession(connection).execute("VACUUM " + name.quoted());
  }
}
