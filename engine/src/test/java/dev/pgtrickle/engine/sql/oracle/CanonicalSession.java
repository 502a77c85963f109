package dev.pgtrickle.engine.sql.oracle;

import dev.pgtrickle.engine.sql.resolve.PostgresNames;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;

/** A session that canonicalises queries by temporary views, which it rolls back. */
final class CanonicalSession implements AutoCloseable {
  private final Connection connection;
  private final PostgresNames names;

  CanonicalSession(TestDatabase database) throws SQLException {
    connection = database.connect();
    connection.setAutoCommit(false);
    execute(
        """
        SET intervalstyle = postgres; SET datestyle = 'ISO, MDY'; SET extra_float_digits = 3;
        SET timezone = 'UTC'; SET jit = off; SET statement_timeout = '20s';
        """);
    connection.commit();
    names = new PostgresNames(connection, Map.of());
  }

  /** What the names mean; the schema must not change any more. */
  PostgresNames names() {
    return names;
  }

  Connection connection() {
    return connection;
  }

  /** The canonical text of a query that the user wrote; empty where this version refuses it. */
  Optional<String> canonicalOfUser(String sql) throws SQLException {
    try {
      return Optional.of(canonical("public", sql));
    } catch (SQLException refused) {
      return Optional.empty();
    } finally {
      connection.rollback();
    }
  }

  /** The canonical text of SQL that we wrote, with names in full. */
  String canonicalOfOurs(String sql) throws SQLException {
    try {
      return canonical("pg_catalog", sql);
    } finally {
      connection.rollback();
    }
  }

  /** The canonical text of a view that is there. */
  String canonicalOfView(long oid) throws SQLException {
    execute("SET LOCAL search_path = pg_catalog; SET LOCAL quote_all_identifiers = on");
    try {
      return text("SELECT pg_get_viewdef(" + oid + "::oid)");
    } finally {
      connection.rollback();
    }
  }

  /** Whether a query has a result, and no error that its data make. */
  boolean runs(String canonical) throws SQLException {
    try {
      execute("SET LOCAL search_path = public");
      execute("SELECT count((q.*)::text) FROM (" + canonical.replaceFirst(";$", "") + ") AS q");
      return true;
    } catch (SQLException failure) {
      return false;
    } finally {
      connection.rollback();
    }
  }

  void rollback() {
    try {
      connection.rollback();
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }

  String text(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private String canonical(String searchPath, String sql) throws SQLException {
    execute("SET LOCAL search_path = " + searchPath);
    execute("CREATE TEMP VIEW oracle_query AS " + sql);
    execute("SET LOCAL search_path = pg_catalog; SET LOCAL quote_all_identifiers = on");
    return text("SELECT pg_get_viewdef('pg_temp.oracle_query'::regclass)");
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
