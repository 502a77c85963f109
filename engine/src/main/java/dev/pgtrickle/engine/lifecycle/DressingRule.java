package dev.pgtrickle.engine.lifecycle;

import dev.pgtrickle.engine.definition.IndexDefinition;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.plan.MaintenancePlan;
import dev.pgtrickle.engine.plan.StorageColumn;
import dev.pgtrickle.engine.plan.StorageLayout;
import dev.pgtrickle.engine.postgres.Identifier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Refuses indexes and grants that cannot be had before anything is done for them: a table that is
 * there goes on as it was.
 */
final class DressingRule {

  void require(Connection connection, StreamTableDefinition definition, MaintenancePlan plan)
      throws SQLException {
    requireColumns(definition, plan);
    requireRoles(connection, definition);
  }

  private static void requireColumns(StreamTableDefinition definition, MaintenancePlan plan) {
    List<Identifier> columns =
        StorageLayout.of(plan).visible().stream().map(StorageColumn::name).toList();
    for (IndexDefinition index : definition.indexes()) {
      for (Identifier column : index.columns()) {
        if (!columns.contains(column)) {
          throw TrickleException.of(
              ErrorCode.INVALID_MANIFEST,
              "spec.indexes names the column %s, which %s does not have"
                  .formatted(column.quoted(), definition.relation()),
              "name one of its columns: "
                  + columns.stream().map(Identifier::quoted).collect(Collectors.joining(", ")));
        }
      }
    }
  }

  private static void requireRoles(Connection connection, StreamTableDefinition definition)
      throws SQLException {
    List<String> wanted =
        definition.grants().stream().map(grant -> grant.role().name()).distinct().toList();
    if (wanted.isEmpty()) {
      return;
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            SELECT string_agg(quote_ident(wanted.role), ', ' ORDER BY wanted.role)
            FROM unnest(?::text[]) AS wanted(role)
            WHERE wanted.role <> 'public'
              AND NOT EXISTS (SELECT FROM pg_roles AS r WHERE r.rolname = wanted.role)\
            """)) {
      statement.setArray(1, connection.createArrayOf("text", wanted.toArray()));
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        String missing = row.getString(1);
        if (missing != null) {
          throw TrickleException.of(
              ErrorCode.INVALID_MANIFEST,
              "spec.grants of %s names roles that do not exist: %s"
                  .formatted(definition.relation(), missing),
              "create them, or take them out of spec.grants");
        }
      }
    }
  }
}
