package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.postgres.SqlText;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The triggers that call the capture functions of a source, on whatever tables they are: one that
 * was detached keeps them, and would go on writing changes of rows that are no longer the source's.
 */
final class InstalledTriggers {

  /**
   * A trigger that can be dropped by itself; the copies on partitions go with it.
   *
   * @param owned whether the engine role owns the table, which DROP TRIGGER demands
   */
  record Installed(long relationOid, QualifiedName relation, Identifier trigger, boolean owned) {
    String drop() {
      return "DROP TRIGGER %s ON %s".formatted(trigger.quoted(), relation.quoted());
    }
  }

  /** Takes the triggers off all tables, and says which these were. */
  List<QualifiedName> takeOff(Connection connection, long sourceId) throws SQLException {
    List<Installed> present = of(connection, sourceId);
    drop(connection, sourceId, present);
    return present.stream().map(Installed::relation).distinct().toList();
  }

  /** The same with those that are no part of the source any more. */
  void takeOffOthers(Connection connection, long sourceId, SourceTree tree) throws SQLException {
    drop(
        connection,
        sourceId,
        of(connection, sourceId).stream()
            .filter(trigger -> !tree.has(trigger.relationOid()))
            .toList());
  }

  /** With all triggers that call them, whoever owns the tables. */
  void dropFunctions(Connection connection, long sourceId) throws SQLException {
    List<String> statements = new ArrayList<>();
    for (CaptureEvent event : CaptureEvent.values()) {
      statements.add(
          "DROP FUNCTION IF EXISTS %s() CASCADE"
              .formatted(CaptureFunctions.name(sourceId, event).quoted()));
    }
    execute(connection, statements);
  }

  /** Without ownership a trigger only goes together with its function. */
  private void drop(Connection connection, long sourceId, List<Installed> present)
      throws SQLException {
    if (present.stream().allMatch(Installed::owned)) {
      execute(connection, present.stream().map(Installed::drop).toList());
    } else {
      dropFunctions(connection, sourceId);
    }
  }

  private static void execute(Connection connection, List<String> statements) throws SQLException {
    if (!statements.isEmpty()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(String.join(";\n", statements));
      }
    }
  }

  private static List<Installed> of(Connection connection, long sourceId) throws SQLException {
    String functions =
        Stream.of(CaptureEvent.values())
            .map(event -> CaptureFunctions.name(sourceId, event).quoted() + "()")
            .map(signature -> "to_regprocedure(" + SqlText.literal(signature) + ")")
            .collect(Collectors.joining(", "));
    String sql =
        """
        SELECT class.oid::bigint AS oid, namespace.nspname, class.relname, installed.tgname,
               pg_has_role(class.relowner, 'USAGE') AS owned
        FROM pg_trigger AS installed
        JOIN pg_class AS class ON class.oid = installed.tgrelid
        JOIN pg_namespace AS namespace ON namespace.oid = class.relnamespace
        WHERE installed.tgfoid IN (%s) AND installed.tgparentid = 0
        ORDER BY class.oid, installed.tgname\
        """
            .formatted(functions);
    List<Installed> triggers = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        triggers.add(
            new Installed(
                row.getLong("oid"),
                QualifiedName.of(row.getString("nspname"), row.getString("relname")),
                Identifier.of(row.getString("tgname")),
                row.getBoolean("owned")));
      }
    }
    return List.copyOf(triggers);
  }
}
