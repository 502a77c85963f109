package dev.pgtrickle.engine.storage;

import dev.pgtrickle.engine.catalog.VersionRecord;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.plan.KeptState;
import dev.pgtrickle.engine.postgres.QualifiedName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Drops what {@link StorageInstaller} created, and nothing else: never CASCADE, never a relation
 * that only bears the name. In the caller's transaction.
 */
public final class StorageRemover {
  private final Dependants dependants = new Dependants();

  /** Throws with the names of what others have built on the view. */
  public void refuseDependants(Connection connection, QualifiedName relation) throws SQLException {
    refuse(relation, dependants.of(connection, relation));
  }

  /** Throws with the names of the stream tables that read the rows. */
  public void refuseReaders(Connection connection, QualifiedName relation) throws SQLException {
    refuse(relation, dependants.streamTables(connection, relation));
  }

  private static void refuse(QualifiedName relation, List<String> names) {
    if (!names.isEmpty()) {
      throw TrickleException.of(
          ErrorCode.DEPENDANTS_EXIST,
          "%s cannot be dropped, since others read it: %s"
              .formatted(relation, String.join(", ", names)),
          "drop them first; nothing of others is ever dropped");
    }
  }

  /** Drops the view if it is there and reads this storage. */
  public void dropView(Connection connection, QualifiedName relation, VersionRecord version)
      throws SQLException {
    if (isOurs(connection, relation, version)) {
      refuseDependants(connection, relation);
      execute(connection, "DROP VIEW " + relation.quoted());
    }
  }

  public void dropStorage(Connection connection, VersionRecord version) throws SQLException {
    execute(
        connection,
        "DROP TABLE IF EXISTS %s, %s, %s"
            .formatted(
                version.storage().quoted(),
                KeptState.tableOf(version.storage()).quoted(),
                version.guard().quoted()));
  }

  /** Whether the relation is a view over the storage. */
  public boolean isOurs(Connection connection, QualifiedName relation, VersionRecord version)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            SELECT FROM pg_class AS view
            JOIN pg_namespace AS n ON n.oid = view.relnamespace
            JOIN pg_rewrite AS rule ON rule.ev_class = view.oid
            JOIN pg_depend AS reads
              ON reads.classid = 'pg_rewrite'::regclass AND reads.objid = rule.oid
             AND reads.refclassid = 'pg_class'::regclass
            JOIN pg_class AS storage ON storage.oid = reads.refobjid
            JOIN pg_namespace AS home ON home.oid = storage.relnamespace
            WHERE n.nspname = ? AND view.relname = ? AND view.relkind = 'v'
              AND home.nspname = ? AND storage.relname = ?\
            """)) {
      statement.setString(1, relation.schema().name());
      statement.setString(2, relation.name().name());
      statement.setString(3, version.storage().schema().name());
      statement.setString(4, version.storage().name().name());
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
