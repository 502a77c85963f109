package dev.pgtrickle.engine.storage;

import dev.pgtrickle.engine.catalog.VersionRecord;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.plan.KeptState;
import dev.pgtrickle.engine.plan.MaintenancePlan;
import dev.pgtrickle.engine.plan.MaintenanceStatements;
import dev.pgtrickle.engine.plan.StorageLayout;
import dev.pgtrickle.engine.postgres.QualifiedName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Creates the objects of a storage version in the caller's transaction. */
public final class StorageInstaller {

  /** A setting of the transaction that lets a statement write storage; refreshes set it. */
  public static final String WRITING = "SET LOCAL pgtrickle.writing = 'refresh'";

  private final WriteGuards guards;
  private final RelationRenaming renaming = new RelationRenaming();
  private final Wishes wishes = new Wishes();

  public StorageInstaller(WriteGuards guards) {
    this.guards = guards;
  }

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
    all.addAll(guards.onStorage(version.storage()));
    all.addAll(guardsOfKept(version, plan));
    List<String> wished = new ArrayList<>();
    definition.indexes().forEach(index -> wished.add(new UserIndex(version, index).create()));
    wished.addAll(
        new StreamView(definition, version, StorageLayout.of(plan).visibleNames(), guards)
            .create());
    try (Statement statement = connection.createStatement()) {
      for (String sql : all) {
        statement.execute(sql);
      }
    }
    wishes.execute(connection, definition.relation(), wished);
  }

  /** The table that keeps the state of groups, anew: without rows, before it is filled. */
  public List<String> replaceKept(
      VersionRecord version, MaintenancePlan plan, MaintenanceStatements statements) {
    List<String> all = new ArrayList<>();
    all.add("DROP TABLE IF EXISTS " + KeptState.tableOf(version.storage()).quoted());
    all.addAll(statements.createKept());
    all.addAll(guardsOfKept(version, plan));
    return List.copyOf(all);
  }

  private List<String> guardsOfKept(VersionRecord version, MaintenancePlan plan) {
    return plan.kept().isPresent()
        ? guards.onStorage(KeptState.tableOf(version.storage()))
        : List.of();
  }

  /** Throws when the name is taken: we never touch what is not ours. */
  public void refuseExisting(Connection connection, QualifiedName relation) throws SQLException {
    if (renaming.exists(connection, relation)) {
      throw TrickleException.of(
          ErrorCode.OBJECT_EXISTS,
          "there is already a relation " + relation + " that is not a stream table",
          "rename or drop it, or give the stream table another name (spec.table.name)");
    }
  }
}
