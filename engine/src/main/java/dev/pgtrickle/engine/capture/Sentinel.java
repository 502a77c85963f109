package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.catalog.BufferPair;

/**
 * Whether unlogged buffers still hold what was captured. Recovery empties all unlogged tables at
 * once, and no clock tells: a single backend that is killed is enough. So each pair has a row in an
 * unlogged table of its own, written by the transaction that creates the pair, and every refresh
 * looks for it in its snapshot.
 */
public class Sentinel {
  static final String REASON = "a crash or promotion of the server emptied the unlogged buffers";

  /** A condition where a row {@code source} is. Overridden by a planted bug in a test. */
  String stands() {
    return """
    NOT EXISTS (
      SELECT FROM pgtrickle.buffer_pair AS pair
      WHERE pair.source_id = source.id AND pair.persistence = 'unlogged' AND pair.drained_at IS NULL
        AND NOT EXISTS (
          SELECT FROM pgtrickle.sentinel AS standing
          WHERE standing.source_id = pair.source_id AND standing.generation = pair.generation))\
    """;
  }

  /** For the transaction that creates a pair. */
  final String raise(BufferPair pair) {
    return "INSERT INTO pgtrickle.sentinel VALUES (%d, %d)"
        .formatted(pair.sourceId(), pair.generation());
  }

  /** For the transaction that opens the gap: from here on the pairs hold all that comes. */
  final String raiseAgain(long sourceId) {
    return """
    INSERT INTO pgtrickle.sentinel
    SELECT pair.source_id, pair.generation FROM pgtrickle.buffer_pair AS pair
    WHERE pair.source_id = %d AND pair.persistence = 'unlogged'
    ON CONFLICT DO NOTHING\
    """
        .formatted(sourceId);
  }

  final String forget(BufferPair pair) {
    return "DELETE FROM pgtrickle.sentinel WHERE source_id = %d AND generation = %d"
        .formatted(pair.sourceId(), pair.generation());
  }
}
