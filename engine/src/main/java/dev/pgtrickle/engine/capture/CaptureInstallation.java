package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.catalog.BufferPair;
import dev.pgtrickle.engine.catalog.BufferSide;
import dev.pgtrickle.engine.catalog.RegisteredSource;
import dev.pgtrickle.engine.catalog.SourceRegistry;
import dev.pgtrickle.engine.definition.Buffers;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.source.ChangeColumns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Writes functions, triggers and buffers of one source in the caller's transaction, together with
 * the stamp that recognises them. A stamp never hides what somebody else did: writing the functions
 * renews its part about functions only, and its part about triggers is renewed only under the lock
 * that CREATE TRIGGER took.
 */
final class CaptureInstallation {
  private final SourceRegistry registry;
  private final CaptureFunctions functions;
  private final CaptureTriggers triggers = new CaptureTriggers();
  private final BufferTables buffers = new BufferTables();
  private final UnreadFunction unread;
  private final Deadline deadline;
  private final CaptureStamp stamp;
  private final Sentinel sentinel;

  CaptureInstallation(SourceRegistry registry, CaptureRules rules) {
    this.registry = registry;
    this.functions = new CaptureFunctions(rules.deadline(), rules.truncate());
    this.unread = new UnreadFunction(registry);
    this.deadline = rules.deadline();
    this.stamp = rules.stamp();
    this.sentinel = rules.sentinel();
  }

  SourceRegistry registry() {
    return registry;
  }

  /** Keeps others from changing which buffers exist until this transaction ends. */
  void lockBufferSet(Connection connection) throws SQLException {
    execute(connection, List.of("LOCK TABLE pgtrickle.buffer_pair IN SHARE ROW EXCLUSIVE MODE"));
  }

  /** What the source is now; a table that is gone is an error of the user's. */
  SourceRelation relation(Connection connection, long oid, QualifiedName name) throws SQLException {
    return SourceRelation.read(connection, oid)
        .orElseThrow(() ->
            TrickleException.of(
                    ErrorCode.SOURCE_MISSING,
                    "the table does not exist any more",
                    "create it again, or change the query")
                .at(name.toString()));
  }

  RegisteredSource registered(Connection connection, long sourceId) throws SQLException {
    return registry
        .locked(connection, sourceId)
        .orElseThrow(() ->
            TrickleException.of(
                ErrorCode.OBJECT_CHANGED,
                "source " + sourceId + " is not captured any more",
                "it is tried again by itself"));
  }

  /** A new generation; the functions must be written afterwards. */
  void addPair(
      Connection connection,
      long sourceId,
      int generation,
      SortedMap<Integer, String> columns,
      Buffers persistence)
      throws SQLException {
    registry.addPair(connection, sourceId, generation, columns, persistence);
    BufferPair pair =
        new BufferPair(sourceId, generation, columns, persistence, false, Optional.empty());
    execute(connection, buffers.create(pair));
    if (persistence == Buffers.UNLOGGED) {
      execute(connection, List.of(sentinel.raise(pair)));
    }
    unread.replace(connection);
  }

  /** P20: what is published can only be deleted where every row can be named to subscribers. */
  void identifyLogged(Connection connection, RegisteredSource source) throws SQLException {
    String sql =
        """
        SELECT format('ALTER TABLE %s REPLICA IDENTITY FULL', buffer.oid::regclass)
        FROM pg_class AS buffer
        WHERE buffer.oid = ANY (?::text[]::regclass[]::oid[])
          AND buffer.relpersistence = 'p' AND buffer.relreplident <> 'f'\
        """;
    List<String> statements = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(
          1,
          connection.createArrayOf(
              "text",
              source.pairs().stream()
                  .flatMap(pair -> pair.buffers().stream())
                  .map(QualifiedName::quoted)
                  .toArray()));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          statements.add(row.getString(1));
        }
      }
    }
    execute(connection, statements);
  }

  void dropPair(Connection connection, BufferPair pair) throws SQLException {
    registry.removePair(connection, pair.sourceId(), pair.generation());
    unread.replace(connection);
    execute(connection, List.of(buffers.drop(pair), sentinel.forget(pair)));
  }

  /** For the end of a source, whose buffers are gone already. */
  void replaceUnread(Connection connection) throws SQLException {
    unread.replace(connection);
  }

  /** Makes the functions write what the registry says, into the given side of the last pair. */
  void writeFunctions(
      Connection connection,
      RegisteredSource source,
      SourceRelation relation,
      CaptureOptions options,
      BufferSide side)
      throws SQLException {
    BufferPair pair = source.currentPair();
    List<CapturedColumn> columns = new ArrayList<>();
    for (int attributeNumber : pair.columns().keySet()) {
      SourceRelation.Column column = relation.columns().get(attributeNumber);
      if (column == null) {
        throw TrickleException.of(
                ErrorCode.SOURCE_MISSING,
                "a captured column (number " + attributeNumber + ") was dropped",
                "bring the column back or change the query")
            .at(relation.name().toString());
      }
      columns.add(new CapturedColumn(attributeNumber, column.name()));
    }
    execute(
        connection,
        functions.statements(
            new CaptureProgram(
                source.id(),
                relation.name(),
                pair.buffer(side),
                columns,
                options.leaseUntil(),
                options.wake(),
                source.coverage())));
    registry.describe(
        connection,
        source.id(),
        relation.name(),
        options.leaseUntil(),
        options.wake(),
        source.coverage());
    stampFunctions(connection, source);
    refuseRenameMeanwhile(connection, relation);
  }

  /** Otherwise the stamp would vouch for names that the functions do not use. */
  private void refuseRenameMeanwhile(Connection connection, SourceRelation relation)
      throws SQLException {
    SourceRelation present = relation(connection, relation.oid(), relation.name());
    if (!present.columns().equals(relation.columns())) {
      throw TrickleException.of(
              ErrorCode.OBJECT_CHANGED,
              "the columns were altered at the same time",
              "it is tried again by itself")
          .at(relation.name().toString());
    }
  }

  /** Creates the triggers, or puts back those that were dropped or disabled. */
  void attach(Connection connection, RegisteredSource source, SourceRelation relation)
      throws SQLException {
    execute(connection, triggers.create(source.id(), relation.tree(), source.coverage()));
    refuseOthersBelow(connection, relation);
    execute(
        connection,
        List.of(
            "UPDATE pgtrickle.source SET capture_stamp = %s WHERE id = %d"
                .formatted(stamp.query(), source.id())));
  }

  /** No table comes below one that has its trigger now; one may have come before. */
  private static void refuseOthersBelow(Connection connection, SourceRelation relation)
      throws SQLException {
    if (!SourceTree.read(connection, relation.oid()).equals(relation.tree())) {
      throw TrickleException.of(
              ErrorCode.OBJECT_CHANGED,
              "the tables below it changed at the same time",
              "it is tried again by itself")
          .at(relation.name().toString());
    }
  }

  /** Nothing can be proven until everything is as it should be and a barrier has been passed. */
  void openGap(Connection connection, RegisteredSource source) throws SQLException {
    if (holds(connection, source, sentinel.stands())) {
      registry.openGap(connection, source.id());
    } else {
      registry.openGap(connection, source.id(), Sentinel.REASON);
      execute(connection, List.of(sentinel.raiseAgain(source.id())));
    }
  }

  /**
   * Whether capture still is what we left: triggers and functions untouched, the deadline not
   * passed, and no writer has said that it had.
   */
  boolean isIntact(Connection connection, RegisteredSource source) throws SQLException {
    StringBuilder expired = new StringBuilder();
    for (BufferPair pair : source.pairs()) {
      for (QualifiedName buffer : pair.buffers()) {
        expired.append(
            "\nAND NOT EXISTS (SELECT FROM %s WHERE marker = %d)"
                .formatted(buffer.quoted(), ChangeColumns.EXPIRED));
      }
    }
    return holds(
        connection,
        source,
        """
        source.capture_stamp = %s
           AND NOT (%s)
           AND %s%s\
        """
            .formatted(stamp.query(), deadline.passed("source"), sentinel.stands(), expired));
  }

  private static boolean holds(Connection connection, RegisteredSource source, String condition)
      throws SQLException {
    String sql =
        "SELECT %s FROM pgtrickle.source WHERE source.id = %d".formatted(condition, source.id());
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() && row.getBoolean(1);
    }
  }

  /** Removes what says that the deadline has passed; only when a gap is being closed. */
  void forgetExpiry(Connection connection, RegisteredSource source) throws SQLException {
    List<String> statements = new ArrayList<>();
    for (BufferPair pair : source.pairs()) {
      for (QualifiedName buffer : pair.buffers()) {
        statements.add(
            "DELETE FROM %s WHERE marker = %d".formatted(buffer.quoted(), ChangeColumns.EXPIRED));
      }
    }
    execute(connection, statements);
  }

  private void stampFunctions(Connection connection, RegisteredSource source) throws SQLException {
    execute(
        connection,
        List.of(
            """
            UPDATE pgtrickle.source
            SET capture_stamp = ARRAY[coalesce(capture_stamp[1], 0), %s, %s]
            WHERE id = %d\
            """
                .formatted(stamp.functions(), stamp.columns(), source.id())));
  }

  private static void execute(Connection connection, List<String> statements) throws SQLException {
    if (!statements.isEmpty()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(String.join(";\n", statements));
      }
    }
  }
}
