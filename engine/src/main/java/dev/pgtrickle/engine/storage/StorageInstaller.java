package dev.pgtrickle.engine.storage;

import dev.pgtrickle.engine.catalog.VersionRecord;
import dev.pgtrickle.engine.definition.IndexDefinition;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.plan.MaintenancePlan;
import dev.pgtrickle.engine.plan.MaintenanceStatements;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.postgres.SqlText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Creates the objects of a storage version in the caller's transaction. */
public final class StorageInstaller {

  /** A setting of the transaction that lets a statement write storage; refreshes set it. */
  public static final String WRITING = "SET LOCAL pgtrickle.writing = 'refresh'";

  /** Guard, storage, indexes and view of a new version. */
  public void create(
      Connection connection,
      StreamTableDefinition definition,
      VersionRecord version,
      MaintenancePlan plan,
      MaintenanceStatements statements)
      throws SQLException {
    refuseExisting(connection, definition.relation());
    List<String> all = new ArrayList<>();
    all.add("CREATE TABLE " + version.guard().quoted() + " ()");
    all.addAll(statements.createStorage());
    all.add(
        """
        CREATE TRIGGER pgtrickle_guard BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON %s
        FOR EACH STATEMENT EXECUTE FUNCTION pgtrickle.refuse_foreign_write()\
        """
            .formatted(version.storage().quoted()));
    definition.indexes().forEach(index -> all.add(createIndex(version.storage(), index)));
    all.addAll(new StreamView(definition, version, plan.columns()).create());
    try (Statement statement = connection.createStatement()) {
      for (String sql : all) {
        statement.execute(sql);
      }
    }
  }

  private static String createIndex(QualifiedName storage, IndexDefinition index) {
    return "CREATE %sINDEX ON %s USING %s (%s)"
        .formatted(
            switch (index.uniqueness()) {
              case UNIQUE -> "UNIQUE ";
              case NOT_UNIQUE -> "";
            },
            storage.quoted(),
            index.method().quoted(),
            SqlText.identifiers(index.columns()));
  }

  /** Throws when the name is taken: we never touch what is not ours. */
  public void refuseExisting(Connection connection, QualifiedName relation) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            SELECT FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relname = ?\
            """)) {
      statement.setString(1, relation.schema().name());
      statement.setString(2, relation.name().name());
      try (ResultSet row = statement.executeQuery()) {
        if (row.next()) {
          throw TrickleException.of(
              ErrorCode.OBJECT_EXISTS,
              "there is already a relation " + relation + " that is not a stream table",
              "rename or drop it, or give the stream table another name (spec.table.name)");
        }
      }
    }
  }
}
