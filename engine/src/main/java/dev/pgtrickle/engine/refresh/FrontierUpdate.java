package dev.pgtrickle.engine.refresh;

import dev.pgtrickle.engine.capture.SourceState;
import dev.pgtrickle.engine.postgres.BoundStatement;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;

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
      FROM unnest(?::bigint[], ?::text[], ?::oid[], ?::bigint[])
        AS seen (source_id, fingerprint, filenode, trace)
      WHERE f.version_id = ?::bigint AND f.source_id = seen.source_id\
      """;

  private static final String AS_BEFORE =
      """
      , refreshed_at = now()
      WHERE f.version_id = ?::bigint AND f.source_id = ANY (?::bigint[])\
      """;

  /** Moves the frontier to S', and notes what the sources look like at S', where that is new. */
  public BoundStatement statement(long versionId, List<SourceState> sources) {
    return sources.stream().allMatch(SourceState::catalogIsUntouched)
        ? moved(versionId, sources)
        : movedAndSeen(versionId, sources);
  }

  private BoundStatement moved(long versionId, List<SourceState> sources) {
    StringJoiner ids = array();
    sources.forEach(source -> ids.add(Long.toString(source.sourceId())));
    return new BoundStatement(
        UPDATE + newFrontier() + AS_BEFORE, List.of(Long.toString(versionId), ids.toString()));
  }

  private BoundStatement movedAndSeen(long versionId, List<SourceState> sources) {
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
        UPDATE + newFrontier() + SEEN,
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
