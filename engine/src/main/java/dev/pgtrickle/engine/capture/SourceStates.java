package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.postgres.SqlText;
import dev.pgtrickle.engine.postgres.StateQuery;
import dev.pgtrickle.engine.source.ChangeColumns;
import dev.pgtrickle.engine.source.ChangeWindow;
import dev.pgtrickle.engine.source.WindowPredicate;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The part of a refresh's first SELECT that is about sources: frontiers, proofs, deadlines,
 * fingerprints and how much is unread. One row a source of a storage version; everything is read at
 * the one snapshot S'.
 */
public final class SourceStates implements StateQuery<List<SourceState>> {
  private final String sql;

  private SourceStates(String sql) {
    this.sql = sql;
  }

  /**
   * A storage version with its sources.
   *
   * @param sources at least one: a query without sources has no state to ask for
   */
  public record Reader(long versionId, List<Expected> sources) {
    public Reader {
      if (sources.isEmpty()) {
        throw new IllegalArgumentException("version " + versionId + " has no sources");
      }
      sources = List.copyOf(sources);
    }
  }

  /** A source as the plan and the window know it. */
  public record Expected(ChangeWindow window, FingerprintScope scope) {}

  /**
   * How far rows of a window are counted.
   *
   * @param few up to one more than this in any case
   * @param many up to one more than this where there are more
   */
  public record Counted(int few, int many) {}

  /** How far the catalog is looked at. */
  private enum Depth {
    /** Only whether it was written since; what is present is then what was stored. */
    QUICK,
    THOROUGH
  }

  /** Right only for sources whose catalog is untouched, and says for which that holds. */
  static SourceStates quick(
      List<Reader> readers, Counted counted, CaptureRules rules, WindowPredicate unread) {
    return of(readers, counted, rules, unread, Depth.QUICK);
  }

  /** Right whatever happened. */
  static SourceStates thorough(
      List<Reader> readers, Counted counted, CaptureRules rules, WindowPredicate unread) {
    return of(readers, counted, rules, unread, Depth.THOROUGH);
  }

  private static SourceStates of(
      List<Reader> readers,
      Counted counted,
      CaptureRules rules,
      WindowPredicate unread,
      Depth depth) {
    List<String> selects = new ArrayList<>();
    for (Reader reader : readers) {
      for (Expected source : reader.sources()) {
        selects.add(select(reader, source, counted, rules, unread, depth));
      }
    }
    return new SourceStates(
        "WITH RECURSIVE "
            + String.join(",\n", commonTables(readers, rules, depth))
            + "\n"
            + String.join("\nUNION ALL\n", selects));
  }

  private static List<String> commonTables(List<Reader> readers, CaptureRules rules, Depth depth) {
    List<String> tables = new ArrayList<>(rules.trace().commonTables(readers));
    if (depth == Depth.QUICK) {
      SortedSet<Long> sources = new TreeSet<>();
      readers.forEach(
          reader -> reader.sources().forEach(source -> sources.add(source.window().sourceId())));
      tables.add(
          "functions AS MATERIALIZED (\n%s\n)".formatted(rules.stamp().allFunctions(sources)));
    }
    return tables;
  }

  @Override
  public String sql() {
    return sql;
  }

  @Override
  public void bind(PreparedStatement statement, int first) {
    // Everything is a literal: the statement belongs to its storage versions.
  }

  /** Without those that have no frontier. */
  @Override
  public List<SourceState> read(ResultSet row) throws SQLException {
    List<SourceState> states = new ArrayList<>();
    do {
      long sourceId = row.getLong("source_id");
      if (!row.wasNull()) {
        states.add(state(row, sourceId));
      }
    } while (row.next());
    return List.copyOf(states);
  }

  private static String select(
      Reader reader,
      Expected source,
      Counted counted,
      CaptureRules rules,
      WindowPredicate unread,
      Depth depth) {
    ChangeWindow window = source.window();
    boolean quick = depth == Depth.QUICK;
    return
"""
    SELECT frontier.version_id,
           frontier.source_id,
           frontier.snapshot::text AS snapshot,
           pg_snapshot_xmin(frontier.snapshot)::text AS oldest_transaction,
           %1$s AS complete,
           CASE WHEN source.gap_reason IS NOT NULL
                 AND NOT coalesce(
                       pgtrickle.snapshot_within(source.gap_closed, frontier.snapshot), false)
                THEN source.gap_reason END AS earlier_gap,
           %17$s AS buffers_stand,
           %2$s AS lease_passed,
           %3$s AS window_current,
           source.capture_stamp AS stored_stamp,
           %4$s AS present_stamp,
           frontier.fingerprint AS stored_fingerprint,
           %5$s AS present_fingerprint,
           frontier.filenode AS stored_filenode,
           %6$s AS present_filenode,
           frontier.catalog_trace AS stored_trace,
           %16$s AS present_trace,
           CASE WHEN found.few <= %9$d THEN found.few
                ELSE (SELECT count(*)
                      FROM (SELECT FROM (%7$s) AS change
                            WHERE change.marker = %8$d AND %12$s
                            UNION ALL
                            SELECT FROM (%7$s) AS change
                            WHERE change.marker = %14$d AND %12$s
                              AND found.markers & (1 << %15$d) <> 0
                            LIMIT %13$d) AS counted)
           END AS changes,
           found.markers
    FROM pgtrickle.frontier
    JOIN pgtrickle.source ON source.id = frontier.source_id
    CROSS JOIN LATERAL (
      SELECT (SELECT count(*)
              FROM (SELECT FROM (%7$s) AS change
                    WHERE change.marker = %8$d AND %12$s
                    LIMIT %9$d + 1) AS counted) AS few,
             (SELECT coalesce(bit_or(1 << change.marker), 0)
              FROM (%7$s) AS change
              WHERE change.marker > %8$d AND %12$s) AS markers
      OFFSET 0) AS found
    WHERE frontier.version_id = %10$d AND frontier.source_id = %11$d\
"""
        .formatted(
            rules.horizon().proof("source.horizon", "frontier.snapshot"),
            rules.deadline().passed("source"),
            windowCurrent(window),
            quick ? rules.stamp().withFunctions() : rules.stamp().query(),
            quick ? "frontier.fingerprint" : Fingerprint.expression(source.scope()),
            quick ? "frontier.filenode" : Fingerprint.filenode(source.scope()),
            allBuffers(window),
            ChangeColumns.ROW,
            counted.few(),
            reader.versionId(),
            window.sourceId(),
            unread.newRows("pg_snapshot_xmin(frontier.snapshot)", "frontier.snapshot"),
            counted.many() + 1,
            ChangeColumns.TAIL,
            ChangeColumns.TAIL_EXISTS,
            rules.trace().number(reader, source),
            rules.sentinel().stands());
  }

  private static String allBuffers(ChangeWindow window) {
    return window.buffers().stream()
        .map(QualifiedName::quoted)
        .map(buffer -> "SELECT xid, marker FROM " + buffer)
        .collect(Collectors.joining(" UNION ALL "));
  }

  /** Whoever reads the buffers of the current generation knows of all that are written. */
  private static String windowCurrent(ChangeWindow window) {
    String known =
        window.buffers().stream()
            .map(buffer -> buffer.name().name())
            .map(SqlText::literal)
            .collect(Collectors.joining(", "));
    return "format('changes_%%s_%%s_a', source.id, source.generation) IN (%s)".formatted(known);
  }

  private static SourceState state(ResultSet row, long sourceId) throws SQLException {
    int markers = row.getInt("markers");
    return new SourceState(
        row.getLong("version_id"),
        sourceId,
        row.getString("snapshot"),
        row.getString("oldest_transaction"),
        row.getBoolean("complete"),
        Optional.ofNullable(row.getString("earlier_gap")),
        row.getBoolean("buffers_stand"),
        row.getBoolean("lease_passed"),
        row.getBoolean("window_current"),
        numbers(row.getArray("stored_stamp")),
        numbers(row.getArray("present_stamp")),
        numbers(row.getArray("stored_fingerprint")),
        numbers(row.getArray("present_fingerprint")),
        row.getLong("stored_filenode"),
        row.getLong("present_filenode"),
        Optional.ofNullable(row.getObject("stored_trace", Long.class)),
        row.getLong("present_trace"),
        row.getInt("changes"),
        new SourceState.Markers(
            has(markers, ChangeColumns.RESET),
            has(markers, ChangeColumns.TRUNCATED),
            has(markers, ChangeColumns.EXPIRED)));
  }

  private static boolean has(int markers, int marker) {
    return (markers & (1 << marker)) != 0;
  }

  private static List<Long> numbers(Array array) throws SQLException {
    return List.of((Long[]) array.getArray());
  }
}
