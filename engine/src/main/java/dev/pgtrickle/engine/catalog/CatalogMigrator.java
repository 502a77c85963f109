package dev.pgtrickle.engine.catalog;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.SqlErrors;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Brings our schemas to the version that this program knows. Two programs that start at once wait
 * for each other; a program that is older than the schema refuses it.
 */
public final class CatalogMigrator {
  /** Any constant will do, as long as it never changes. */
  private static final long ADVISORY_KEY = 7_220_190_001L;

  private final List<Migration> migrations;
  private final String program;

  public CatalogMigrator(String program) {
    this(program, Migration.all());
  }

  CatalogMigrator(String program, List<Migration> migrations) {
    this.program = program;
    this.migrations = List.copyOf(migrations);
  }

  /** All or nothing: one transaction. The connection is in autocommit mode before and after. */
  public void migrate(Connection connection) {
    try {
      connection.setAutoCommit(false);
      try {
        lock(connection);
        int present = prepare(connection);
        refuseNewer(present);
        for (Migration migration : migrations) {
          if (migration.version() > present) {
            apply(connection, migration);
          }
        }
        connection.commit();
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException failure) {
      throw SqlErrors.translate(failure, "bringing the schema pgtrickle up to date");
    }
  }

  private static void lock(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT pg_advisory_xact_lock(?)")) {
      statement.setLong(1, ADVISORY_KEY);
      statement.execute();
    }
  }

  /** Creates what the first migration stands on, and returns the version that is there. */
  private static int prepare(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      boolean exists;
      try (ResultSet row =
          statement.executeQuery("SELECT to_regnamespace('pgtrickle') IS NOT NULL")) {
        row.next();
        exists = row.getBoolean(1);
      }
      if (!exists) {
        statement.execute(
            """
            CREATE SCHEMA pgtrickle;
            CREATE SCHEMA pgtrickle_data;
            GRANT USAGE ON SCHEMA pgtrickle TO PUBLIC;
            CREATE TABLE pgtrickle.migration (
              version    integer PRIMARY KEY,
              name       text NOT NULL,
              program    text NOT NULL,
              applied_at timestamptz NOT NULL DEFAULT now()
            )\
            """);
      }
      try (ResultSet row =
          statement.executeQuery("SELECT coalesce(max(version), 0) FROM pgtrickle.migration")) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  private void refuseNewer(int present) {
    int known = migrations.isEmpty() ? 0 : migrations.getLast().version();
    if (present > known) {
      throw TrickleException.of(
          ErrorCode.SCHEMA_TOO_NEW,
          "the schema pgtrickle of this database has version %d, this program knows %d"
              .formatted(present, known),
          "run a newer pgtrickle; an older one never touches what a newer one made");
    }
  }

  private void apply(Connection connection, Migration migration) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(migration.sql());
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO pgtrickle.migration (version, name, program) VALUES (?, ?, ?)")) {
      statement.setInt(1, migration.version());
      statement.setString(2, migration.name());
      statement.setString(3, program);
      statement.execute();
    }
  }
}
