package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.catalog.BufferPair;
import dev.pgtrickle.engine.catalog.RegisteredSource;
import dev.pgtrickle.engine.catalog.SourceRegistry;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.postgres.SqlText;
import dev.pgtrickle.engine.source.ChangeColumns;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code pgtrickle_data.unread()}: which storage versions have unread changes. Static statements in
 * one PL/pgSQL function are planned once a session and cost some microseconds a buffer; one large
 * UNION ALL costs eight times as much. Plans outlive the statistics of a buffer that was empty when
 * they were made, so the index is prescribed.
 */
final class UnreadFunction {
  /** A TRUNCATE is a change too. */
  private static final String COUNTED =
      "%d, %d, %d".formatted(ChangeColumns.ROW, ChangeColumns.RESET, ChangeColumns.TRUNCATED);

  private final SourceRegistry registry;

  UnreadFunction(SourceRegistry registry) {
    this.registry = registry;
  }

  /** Makes it read the buffers that the registry names; only under the lock of the buffer set. */
  void replace(Connection connection) throws SQLException {
    StringBuilder body = new StringBuilder("\nBEGIN\n");
    for (RegisteredSource source : registry.all(connection)) {
      if (!source.pairs().isEmpty()) {
        body.append(query(source));
      }
    }
    body.append("END\n");
    String sql =
        """
        CREATE OR REPLACE FUNCTION pgtrickle_data.unread()
        RETURNS TABLE (version_id bigint, source_id bigint)
        LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET enable_seqscan = off
        AS %s\
        """
            .formatted(SqlText.dollarQuoted(body.toString()));
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
    replacePending(connection);
  }

  /** The same buffers counted, for status; nobody waits for it. */
  private void replacePending(Connection connection) throws SQLException {
    StringBuilder body = new StringBuilder("\nBEGIN\n");
    for (RegisteredSource source : registry.all(connection)) {
      if (!source.pairs().isEmpty()) {
        body.append(counts(source));
      }
    }
    body.append("END\n");
    String sql =
        """
        CREATE OR REPLACE FUNCTION pgtrickle_data.pending()
        RETURNS TABLE (version_id bigint, changes bigint)
        LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS %s\
        """
            .formatted(SqlText.dollarQuoted(body.toString()));
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String counts(RegisteredSource source) {
    List<String> counts = new ArrayList<>();
    for (BufferPair pair : source.pairs()) {
      for (QualifiedName buffer : pair.buffers()) {
        counts.add(count(buffer, "change.marker IN (%s)".formatted(COUNTED)));
        counts.add(
            count(
                buffer,
                """
                change.marker = %d
                      AND EXISTS (SELECT FROM %s AS announced
                                  WHERE announced.marker = %d
                                    AND announced.xid >= pg_snapshot_xmin(frontier.snapshot))\
                """
                    .formatted(ChangeColumns.TAIL, buffer.quoted(), ChangeColumns.TAIL_EXISTS)));
      }
    }
    return """
      RETURN QUERY
      SELECT frontier.version_id,
             %s
      FROM pgtrickle.frontier AS frontier
      WHERE frontier.source_id = %d;
    """
        .formatted(String.join("\n              + ", counts), source.id());
  }

  private static String count(QualifiedName buffer, String kind) {
    return """
    (SELECT count(*) FROM %s AS change
                    WHERE %s
                      AND change.xid >= pg_snapshot_xmin(frontier.snapshot)
                      AND NOT pg_visible_in_snapshot(change.xid, frontier.snapshot))\
    """
        .formatted(buffer.quoted(), kind);
  }

  private static String query(RegisteredSource source) {
    List<String> unread = new ArrayList<>();
    for (BufferPair pair : source.pairs()) {
      for (QualifiedName buffer : pair.buffers()) {
        unread.add(exists(buffer, "="));
        unread.add(exists(buffer, ">"));
      }
    }
    return """
      RETURN QUERY
      SELECT frontier.version_id, frontier.source_id
      FROM pgtrickle.frontier AS frontier
      WHERE frontier.source_id = %d
        AND (%s);
    """
        .formatted(source.id(), String.join("\n              OR ", unread));
  }

  /** Rows and markers apart: each is one range of the index. */
  private static String exists(QualifiedName buffer, String comparison) {
    return """
    EXISTS (
                  SELECT FROM %s AS change
                  WHERE change.marker %s %d
                    AND change.xid >= pg_snapshot_xmin(frontier.snapshot)
                    AND NOT pg_visible_in_snapshot(change.xid, frontier.snapshot))\
    """
        .formatted(buffer.quoted(), comparison, ChangeColumns.ROW);
  }
}
