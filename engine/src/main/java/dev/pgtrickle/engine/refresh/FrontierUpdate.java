package dev.pgtrickle.engine.refresh;

import dev.pgtrickle.engine.capture.SourceState;
import dev.pgtrickle.engine.postgres.BoundStatement;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/**
 * P1: the first write of every refresh. Under REPEATABLE READ a second refresher of the same table
 * fails here with 40001 before it can do harm, even without the guard lock.
 */
public class FrontierUpdate {
  private static final String UPDATE = "UPDATE pgtrickle.frontier AS f\nSET snapshot = ";

  private static final String SEEN =
      """
      , fingerprint = seen.fingerprint::bigint[], filenode = seen.filenode,
      catalog_trace = seen.trace, refreshed_at = now()
      FROM unnest(?::bigint[], ?::text[], ?::bigint[], ?::bigint[])
        AS seen (source_id, fingerprint, filenode, trace)
      WHERE f.version_id = ?::bigint AND f.source_id = seen.source_id\
      """;

  private static final String AS_BEFORE =
      """
      , refreshed_at = now()
      WHERE f.version_id = ?::bigint AND f.source_id = ANY (?::bigint[])\
      """;

  /**
   * Moves the frontier to S', and notes what the sources look like at S', where that is new.
   *
   * @param streamTables those of the sources that this very transaction may have written before
   */
  public BoundStatement statement(
      long versionId, List<SourceState> sources, Collection<Long> streamTables) {
    String update = UPDATE + frontier(streamTables);
    return sources.stream().allMatch(SourceState::catalogIsUntouched)
        ? moved(update, versionId, sources)
        : movedAndSeen(update, versionId, sources);
  }

  private String frontier(Collection<Long> streamTables) {
    if (streamTables.isEmpty()) {
      return newFrontier();
    }
    return "CASE WHEN f.source_id IN (%s)\n  THEN %s\n  ELSE %s END"
        .formatted(
            streamTables.stream().map(String::valueOf).collect(Collectors.joining(", ")),
            newFrontierOfStreamTable(),
            newFrontier());
  }

  private static BoundStatement moved(String update, long versionId, List<SourceState> sources) {
    StringJoiner ids = array();
    sources.forEach(source -> ids.add(Long.toString(source.sourceId())));
    return new BoundStatement(
        update + AS_BEFORE, List.of(Long.toString(versionId), ids.toString()));
  }

  private static BoundStatement movedAndSeen(
      String update, long versionId, List<SourceState> sources) {
    StringJoiner ids = array();
    StringJoiner fingerprints = array();
    StringJoiner filenodes = array();
    StringJoiner traces = array();
    for (SourceState source : sources) {
      ids.add(Long.toString(source.sourceId()));
      fingerprints.add(fingerprint(source));
      filenodes.add(Long.toString(source.presentFilenode()));
      traces.add(Long.toString(source.presentTrace()));
    }
    return new BoundStatement(
        update + SEEN,
        Arrays.asList(
            ids.toString(),
            fingerprints.toString(),
            filenodes.toString(),
            traces.toString(),
            Long.toString(versionId)));
  }

  /** The expression that becomes the new S. Overridden by planted bugs in tests. */
  protected String newFrontier() {
    return "pg_current_snapshot()";
  }

  /**
   * P11: what this transaction wrote to a stream table before is visible to its later statements,
   * which read it as changes; S' alone would have the next refresh read it once more. Overridden by
   * planted bugs in tests.
   */
  protected String newFrontierOfStreamTable() {
    return "pgtrickle.snapshot_with(pg_current_snapshot(), pg_current_xact_id())";
  }

  private static String fingerprint(SourceState source) {
    StringJoiner parts = array();
    for (long part : source.presentFingerprint()) {
      parts.add(Long.toString(part));
    }
    return '"' + parts.toString() + '"';
  }

  private static StringJoiner array() {
    return new StringJoiner(",", "{", "}");
  }
}
