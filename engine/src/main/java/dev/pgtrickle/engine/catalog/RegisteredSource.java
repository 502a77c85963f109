package dev.pgtrickle.engine.catalog;

import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.source.Coverage;
import dev.pgtrickle.engine.source.WakeUp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A table whose changes are captured, as the registry knows it.
 *
 * @param relationOid 0 = of the database that this one is a copy of (P19); on its way out
 * @param name its name when its capture functions were written last
 * @param activeSide where the current generation writes
 * @param horizon everything visible in it may have been removed from the buffers (P4); empty = a
 *     capture gap is open and nothing can be proven
 * @param leaseUntil the deadline in the capture functions (P18)
 * @param pairs all generations that are still there, oldest first; the last one is written
 */
public record RegisteredSource(
    long id,
    long relationOid,
    QualifiedName name,
    BufferSide activeSide,
    Optional<String> horizon,
    Instant leaseUntil,
    WakeUp wake,
    Coverage coverage,
    Instant flippedAt,
    List<BufferPair> pairs) {

  public BufferPair currentPair() {
    return pairs.getLast();
  }

  /** The same source as the owner of its table would, or would not, capture it. */
  public RegisteredSource withCoverage(Coverage other) {
    return new RegisteredSource(
        id, relationOid, name, activeSide, horizon, leaseUntil, wake, other, flippedAt, pairs);
  }

  public QualifiedName activeBuffer() {
    return currentPair().buffer(activeSide);
  }
}
