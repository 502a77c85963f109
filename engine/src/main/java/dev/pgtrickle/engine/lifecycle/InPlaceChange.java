package dev.pgtrickle.engine.lifecycle;

import dev.pgtrickle.engine.catalog.DefinitionCodec;
import dev.pgtrickle.engine.catalog.StreamTableRecord;
import dev.pgtrickle.engine.catalog.VersionContents;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.plan.LayoutChange;
import dev.pgtrickle.engine.plan.MaintenancePlan;
import dev.pgtrickle.engine.plan.StorageLayout;
import dev.pgtrickle.engine.refresh.MaintainedTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** P8: whether a storage has to become that of another definition, and whether it can. */
final class InPlaceChange {
  private final RegistryRows rows;
  private final LayoutCodec layouts = new LayoutCodec();
  private final DefinitionCodec codec = new DefinitionCodec();

  InPlaceChange(RegistryRows rows) {
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
}
