package dev.pgtrickle.cli.bench.writer;

import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A table as applications have them: eight columns, of which a stream table refers to two.
 *
 * @param name also of the variant, in plain letters
 */
record WriterTable(QualifiedName name) {

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
                .formatted(name.quoted()));
  }

  String query() {
    return "SELECT customer_id, count(*) AS orders, sum(amount) AS amount FROM %s GROUP BY customer_id"
        .formatted(name.quoted());
  }

  String insert(int first, int rows) {
    return """
    INSERT INTO %s
    SELECT id, id %% 1000, id %% 500, 'open', 'note ' || id, id %% 100, now(), now()
    FROM generate_series(%d, %d) AS id\
    """
        .formatted(name.quoted(), first, first + rows - 1);
  }

  String updateReferenced() {
    return "UPDATE " + name.quoted() + " SET amount = amount + 1";
  }

  String updateUnreferenced() {
    return "UPDATE " + name.quoted() + " SET note = note || '.'";
  }

  String delete() {
    return "DELETE FROM " + name.quoted();
  }

  /** Makes every round begin with the same empty table. */
  void empty(Connection connection) throws SQLException {
    new SqlSession(connection).execute("VACUUM " + name.quoted());
  }
}
