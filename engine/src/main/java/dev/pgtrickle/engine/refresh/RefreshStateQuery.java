package dev.pgtrickle.engine.refresh;

import dev.pgtrickle.engine.capture.CaptureStamp;
import dev.pgtrickle.engine.capture.CapturePart;
import dev.pgtrickle.engine.capture.Fingerprint;
import dev.pgtrickle.engine.capture.FingerprintDifference;
import dev.pgtrickle.engine.capture.FingerprintScope;
import dev.pgtrickle.engine.plan.MaintenanceStatements;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.postgres.StateQuery;
import dev.pgtrickle.engine.refresh.SourceState.Completeness;
import dev.pgtrickle.engine.refresh.SourceState.FileIdentity;
import dev.pgtrickle.engine.refresh.SourceState.Lease;
import dev.pgtrickle.engine.refresh.SourceState.Markers;
import dev.pgtrickle.engine.refresh.SourceState.Presence;
import dev.pgtrickle.engine.source.ChangeColumns;
import dev.pgtrickle.engine.source.WindowPredicate;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The one SELECT that takes S' and reads, for every source: frontier, proof (P4), fingerprint (P7),
 * lease (P18), markers (P6) and how many changes there are, counted no further than it matters.
 * Its text depends on the table only, so that it is planned once a session.
 */
final class RefreshStateQuery implements StateQuery<List<SourceState>> {
  private final MaintainedTable table;
  private final WindowPredicate window;

  RefreshStateQuery(MaintainedTable table, WindowPredicate window) {
    this.table = table;
    this.window = window;
  }

  @Override
  public String sql() {
    return table.sources().stream()
        .map(this::sourceQuery)
        .collect(Collectors.joining("\nUNION ALL\n"));
  }

  private String sourceQuery(MaintainedSource source) {
    long relation = source.requirement().relationOid();
    FingerprintScope scope =
        new FingerprintScope(
            relation,
            source.requirement().attributeNumbers(),
            table.plan().functions(),
            table.plan().types());
    return """
        SELECT s.id AS source_id,
               f.snapshot::text AS snapshot,
               pg_snapshot_xmin(f.snapshot)::text AS oldest,
               coalesce(pgtrickle.snapshot_within(s.horizon, f.snapshot), false) AS complete,
               s.capture_stamp AS capture_expected,
               %s AS capture_present,
               f.fingerprint AS fingerprint_expected,
               %s AS fingerprint_present,
               f.filenode AS filenode_expected,
               %s AS filenode_present,
               s.lease_until <= clock_timestamp() AS lease_passed,
               (SELECT count(*) FROM (
        %s
                 LIMIT %d) AS change) AS changes,
               (SELECT coalesce(bit_or(1 << marker), 0) FROM (
        %s
               ) AS mark) AS markers
        FROM pgtrickle.frontier AS f
        JOIN pgtrickle.source AS s ON s.id = f.source_id
        WHERE f.version_id = %d AND f.source_id = %d"""
        .formatted(
            CaptureStamp.expression(relation),
            Fingerprint.expression(scope),
            Fingerprint.filenode(relation),
            fromBuffers(
                source,
                buffer ->
                    "SELECT FROM %s AS b WHERE b.marker = %d AND %s"
                        .formatted(buffer.quoted(), ChangeColumns.ROW, unread())),
            MaintenanceStatements.SMALL_DELTA_LIMIT + 1,
            fromBuffers(
                source,
                buffer ->
                    "SELECT b.marker FROM %s AS b WHERE b.marker <> %d AND %s"
                        .formatted(buffer.quoted(), ChangeColumns.ROW, unread())),
            table.version().id(),
            source.window().sourceId());
  }

  private String unread() {
    return window.sql("b.xid", "pg_snapshot_xmin(f.snapshot)", "f.snapshot");
  }

  private static String fromBuffers(
      MaintainedSource source, Function<QualifiedName, String> select) {
    return source.window().buffers().stream()
        .map(select)
        .map(text -> "         " + text)
        .collect(Collectors.joining("\n         UNION ALL\n"));
  }

  @Override
  public void bind(PreparedStatement statement, int first) {
    // Everything is in the text.
  }

  @Override
  public List<SourceState> read(ResultSet rows) throws SQLException {
    List<SourceState> states = new ArrayList<>();
    do {
      long sourceId = rows.getLong("source_id");
      if (!rows.wasNull()) {
        states.add(state(sourceId, rows));
      }
    } while (rows.next());
    if (states.size() != table.sources().size()) {
      throw new IllegalStateException(
          "the registry lost a frontier of " + table.definition().relation());
    }
    return states;
  }

  private SourceState state(long sourceId, ResultSet row) throws SQLException {
    List<Long> present = numbers(row.getArray("fingerprint_present"));
    FingerprintDifference difference =
        FingerprintDifference.between(numbers(row.getArray("fingerprint_expected")), present);
    int markers = row.getInt("markers");
    return new SourceState(
        sourceId,
        relationOid(sourceId),
        row.getString("snapshot"),
        row.getString("oldest"),
        row.getBoolean("complete") ? Completeness.PROVEN : Completeness.NOT_PROVEN,
        row.getLong("changes"),
        new Markers(
            presence(markers, ChangeColumns.RESET),
            presence(markers, ChangeColumns.TRUNCATED),
            presence(markers, ChangeColumns.EXPIRED)),
        difference.isEmpty() ? List.of() : List.of(difference.words()),
        CapturePart.differences(
            numbers(row.getArray("capture_expected")), numbers(row.getArray("capture_present"))),
        present.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}")),
        row.getLong("filenode_present"),
        row.getLong("filenode_expected") == row.getLong("filenode_present")
            ? FileIdentity.SAME
            : FileIdentity.REPLACED,
        row.getBoolean("lease_passed") ? Lease.EXPIRED : Lease.VALID);
  }

  private long relationOid(long sourceId) {
    return table.sources().stream()
        .filter(source -> source.window().sourceId() == sourceId)
        .mapToLong(source -> source.requirement().relationOid())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("unknown source " + sourceId));
  }

  private static Presence presence(int markers, int marker) {
    return Presence.of((markers & (1 << marker)) != 0);
  }

  private static List<Long> numbers(Array array) throws SQLException {
    return Arrays.asList((Long[]) array.getArray());
  }
}
