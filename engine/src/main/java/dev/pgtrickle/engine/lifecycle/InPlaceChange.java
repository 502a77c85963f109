package dev.pgtrickle.engine.lifecycle;

import dev.pgtrickle.engine.catalog.DefinitionCodec;
import dev.pgtrickle.engine.catalog.StreamTableRecord;
import dev.pgtrickle.engine.catalog.VersionContents;
import dev.pgtrickle.engine.catalog.VersionRecord;
import dev.pgtrickle.engine.catalog.VersionRegistry;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.plan.LayoutChange;
import dev.pgtrickle.engine.plan.MaintenancePlan;
import dev.pgtrickle.engine.plan.StorageColumn;
import dev.pgtrickle.engine.plan.StorageLayout;
import dev.pgtrickle.engine.postgres.FencedTransactions;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.refresh.MaintainedTable;
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
final class InPlaceChange {
  private static final Duration BUDGET = Duration.ofSeconds(10);

  private final FencedTransactions transactions;
  private final RegistryRows rows;
  private final VersionRegistry versions = new VersionRegistry();
  private final LayoutCodec layouts = new LayoutCodec();
  private final DefinitionCodec codec = new DefinitionCodec();

  InPlaceChange(FencedTransactions transactions, RegistryRows rows) {
    this.transactions = transactions;
    this.rows = rows;
  }

  /** Whether the stored rows answer another query, or in another form, than is wanted. */
  boolean isNeeded(StreamTableRecord row, VersionContents contents, MaintenancePlan plan) {
    return contents.fill().isPresent()
        || !contents.definitionHash().equals(row.definitionHash())
        || !layouts.read(contents.layout()).equals(StorageLayout.of(plan));
  }

  /** Whether storage and rows are still those of a table that was assembled earlier. */
  boolean isUntouched(Connection connection, MaintainedTable table) throws SQLException {
    return rows.registry()
        .byId(connection, table.streamTableId())
        .filter(row -> row.version().filter(v -> v.id() == table.version().id()).isPresent())
        .filter(row -> !row.isTombstone() && row.state() != StreamTableRecord.State.RELEASING)
        .flatMap(StreamTableRecord::contents)
        .filter(contents ->
            contents.fill().isEmpty()
                && contents.definitionHash().equals(codec.hash(table.definition()))
                && layouts.read(contents.layout()).equals(StorageLayout.of(table.plan())))
        .isPresent();
  }

  /** What would have to be done; throws when it is not possible in place. */
  LayoutChange plan(
      StreamTableDefinition definition,
      String definitionHash,
      VersionContents contents,
      MaintenancePlan plan) {
    LayoutChange change =
        new LayoutChange(
            layouts.read(contents.layout()), StorageLayout.of(plan), contents.viewColumns());
    List<String> obstacles = change.obstacles();
    if (!obstacles.isEmpty()) {
      boolean sameQuery = contents.definitionHash().equals(definitionHash);
      throw TrickleException.of(
          sameQuery ? ErrorCode.TYPE_CHANGED : ErrorCode.UNSUPPORTED,
          "the columns of %s would change: %s"
              .formatted(definition.relation(), String.join("; ", obstacles)),
          sameQuery
              ? "change the source back, cast the column in the query, or give the stream table"
                  + " another name"
              : "keep the columns that readers have, with names, types and order, and append new"
                  + " ones; or give the new query another table name (exchanging a table for one"
                  + " with other columns comes with a later release)");
    }
    return change;
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
          LayoutChange change = plan(row.definition(), row.definitionHash(), contents, plan);
          alter(connection, version.storage(), change);
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
    try (Statement statement = connection.createStatement()) {
      statement.execute("LOCK TABLE " + storage.quoted() + " IN ACCESS EXCLUSIVE MODE");
      long before = filenode(connection, storage);
      for (String sql : statements) {
        statement.execute(sql);
      }
      if (filenode(connection, storage) != before) {
        // A rewritten table looks empty to every older snapshot.
        throw TrickleException.of(
            ErrorCode.UNSUPPORTED,
            "columns of these types cannot be added without rewriting the table: "
                + change.added().stream()
                    .map(StorageColumn::type)
                    .collect(Collectors.joining(", ")),
            "cast them to their base types in the query, or give it another table name");
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
