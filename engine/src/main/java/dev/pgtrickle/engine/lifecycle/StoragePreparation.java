package dev.pgtrickle.engine.lifecycle;

import dev.pgtrickle.engine.catalog.StreamTableRecord;
import dev.pgtrickle.engine.catalog.VersionContents;
import dev.pgtrickle.engine.catalog.VersionRecord;
import dev.pgtrickle.engine.catalog.VersionRegistry;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.plan.KeptState;
import dev.pgtrickle.engine.plan.LayoutChange;
import dev.pgtrickle.engine.plan.MaintenancePlan;
import dev.pgtrickle.engine.plan.StorageColumn;
import dev.pgtrickle.engine.plan.StorageLayout;
import dev.pgtrickle.engine.postgres.FencedTransactions;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.storage.RelationRenaming;
import dev.pgtrickle.engine.storage.StorageInstaller;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * P8: the storage gets the columns of another definition while readers go on with the old rows. Its
 * own rows come in one later transaction; the view's new columns after a barrier, since before it a
 * reader with an older snapshot would see NULL in them.
 */
final class StoragePreparation {
  private static final Duration BUDGET = Duration.ofSeconds(10);

  private final FencedTransactions transactions;
  private final RegistryRows rows;
  private final InPlaceChange changes;
  private final StorageInstaller installer;
  private final StreamTableLifecycle.StatementFactory statementFactory;
  private final VersionRegistry versions = new VersionRegistry();
  private final LayoutCodec layouts = new LayoutCodec();
  private final RelationRenaming relations = new RelationRenaming();

  StoragePreparation(
      FencedTransactions transactions,
      RegistryRows rows,
      StorageInstaller installer,
      StreamTableLifecycle.StatementFactory statementFactory) {
    this.transactions = transactions;
    this.rows = rows;
    this.changes = new InPlaceChange(rows);
    this.installer = installer;
    this.statementFactory = statementFactory;
  }

  /** Idempotent; each statement touches the catalog only. */
  VersionContents.Fill prepare(StreamTableRecord row, VersionRecord version, MaintenancePlan plan) {
    return transactions.politely(
        BUDGET,
        connection -> {
          VersionContents contents =
              rows.stillWanted(connection, row)
                  .contents()
                  .orElseThrow(() -> new IllegalStateException("the storage is gone"));
          LayoutChange change =
              changes.plan(row.definition(), row.definitionHash(), contents, plan);
          alter(connection, version.storage(), change);
          boolean keptIsThere = relations.exists(connection, KeptState.tableOf(version.storage()));
          if (change.replacesKept() || keptIsThere != plan.kept().isPresent()) {
            execute(
                connection,
                installer.replaceKept(
                    version, plan, statementFactory.statements(plan, version.storage())));
            versions.stampGuard(connection, version);
          }
          boolean matched =
              change.keepsKey()
                  && contents.fill().filter(VersionContents.Fill.REPLACEMENT::equals).isEmpty();
          VersionContents.Fill fill =
              matched ? VersionContents.Fill.DIFFERENCE : VersionContents.Fill.REPLACEMENT;
          versions.prepared(connection, version.id(), layouts.write(StorageLayout.of(plan)), fill);
          return fill;
        });
  }

  private static void alter(Connection connection, QualifiedName storage, LayoutChange change)
      throws SQLException {
    List<String> statements = change.statements(storage);
    if (statements.isEmpty()) {
      return;
    }
    execute(connection, List.of("LOCK TABLE " + storage.quoted() + " IN ACCESS EXCLUSIVE MODE"));
    long before = filenode(connection, storage);
    execute(connection, statements);
    if (filenode(connection, storage) != before) {
      // A rewritten table looks empty to every older snapshot.
      throw TrickleException.of(
          ErrorCode.UNSUPPORTED,
          "columns of these types cannot be added without rewriting the table: "
              + change.added().stream().map(StorageColumn::type).collect(Collectors.joining(", ")),
          "cast them to their base types in the query, or give it another table name");
    }
  }

  private static void execute(Connection connection, List<String> statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static long filenode(Connection connection, QualifiedName storage) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT pg_relation_filenode(?::regclass)")) {
      statement.setString(1, storage.quoted());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
