package dev.pgtrickle.engine.storage;

import dev.pgtrickle.engine.catalog.VersionRecord;
import dev.pgtrickle.engine.definition.AllTablesPublication;
import dev.pgtrickle.engine.plan.KeptState;
import dev.pgtrickle.engine.postgres.QualifiedName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * P20: from a table that is published PostgreSQL deletes and updates only rows that it can name to
 * subscribers. Storage has no primary key, so the whole row is its name, where a publication of all
 * tables is accepted; elsewhere that would only cost WAL.
 */
public final class PublishedIdentity {
  private static final String FULL = "f";
  private static final String DEFAULT = "d";

  /** What is not yet so: nothing, as a rule. */
  public List<String> missing(
      Connection connection, VersionRecord version, AllTablesPublication wish) throws SQLException {
    String wanted =
        switch (wish) {
          case ACCEPTED -> FULL;
          case REFUSED -> DEFAULT;
        };
    List<String> statements = new ArrayList<>();
    for (QualifiedName table : List.of(version.storage(), KeptState.tableOf(version.storage()))) {
      if (!wanted.equals(present(connection, table, wanted))) {
        statements.add(
            "ALTER TABLE %s REPLICA IDENTITY %s"
                .formatted(table.quoted(), wanted.equals(FULL) ? "FULL" : "DEFAULT"));
      }
    }
    return List.copyOf(statements);
  }

  private static String present(Connection connection, QualifiedName table, String otherwise)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT relreplident::text FROM pg_class WHERE oid = to_regclass(?)")) {
      statement.setString(1, table.quoted());
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getString(1) : otherwise;
      }
    }
  }

  /** In a transaction that asks politely for its locks. */
  public void put(Connection connection, List<String> statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
