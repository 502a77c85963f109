package dev.pgtrickle.engine.refresh;

import dev.pgtrickle.engine.capture.SourceState;
import dev.pgtrickle.engine.postgres.BoundStatement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * P1: the first write of every refresh. Under REPEATABLE READ a second refresher of the same table
 * fails here with 40001 before it can do harm, even without the guard lock.
 */
public class FrontierUpdate {

  /** Moves the frontier to S', and notes what the sources look like at S'. */
  public BoundStatement statement(long versionId, List<SourceState> sources) {
    return new BoundStatement(
        """
        UPDATE pgtrickle.frontier AS f
        SET snapshot = %s, fingerprint = seen.fingerprint::bigint[], filenode = seen.filenode,
            refreshed_at = now()
        FROM unnest(?::bigint[], ?::text[], ?::oid[]) AS seen (source_id, fingerprint, filenode)
        WHERE f.version_id = ?::bigint AND f.source_id = seen.source_id\
        """
            .formatted(newFrontier()),
        Arrays.asList(
            array(sources.stream().map(source -> Long.toString(source.sourceId())).toList()),
            array(sources.stream().map(FrontierUpdate::fingerprint).toList()),
            array(sources.stream().map(source -> Long.toString(source.presentFilenode())).toList()),
            Long.toString(versionId)));
  }

  /** The expression that becomes the new S. Overridden by planted bugs in tests. */
  protected String newFrontier() {
    return "pg_current_snapshot()";
  }

  private static String fingerprint(SourceState source) {
    return '"'
        + array(source.presentFingerprint().stream().map(part -> Long.toString(part)).toList())
        + '"';
  }

  private static String array(List<String> elements) {
    return elements.stream().collect(Collectors.joining(",", "{", "}"));
  }
}
