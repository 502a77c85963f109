package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.catalog.BufferSide;
import dev.pgtrickle.engine.catalog.RegisteredSource;
import dev.pgtrickle.engine.postgres.QualifiedName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * Turns the ring: capture goes on in the other buffer. That is a CREATE OR REPLACE FUNCTION and
 * takes no lock on the source; a writer that is still inside the older body writes into the retired
 * side, which does no harm since refreshes always read both.
 */
final class BufferRing {
  private final CaptureInstallation installation;
  private final BufferCleaning cleaning;

  BufferRing(CaptureInstallation installation, BufferCleaning cleaning) {
    this.installation = installation;
    this.cleaning = cleaning;
  }

  /** Turns when it pays and when the other side is empty. */
  boolean turn(Connection connection, long sourceId, Instant now, CaptureSettings settings)
      throws SQLException {
    Optional<RegisteredSource> present = installation.registry().locked(connection, sourceId);
    if (present.isEmpty() || present.get().horizon().isEmpty()) {
      return false;
    }
    RegisteredSource source = present.get();
    QualifiedName written = source.activeBuffer();
    BufferSide next = source.activeSide().other();
    if (!cleaning.isEmpty(connection, source.currentPair().buffer(next))
        || !isWorn(connection, source, written, now, settings)
        // Functions that somebody else has replaced must be found out, not painted over.
        || !installation.isIntact(connection, source)) {
      return false;
    }
    SourceRelation relation =
        installation.relation(connection, source.relationOid(), source.name());
    installation.registry().flipped(connection, sourceId, next);
    installation.writeFunctions(
        connection, source, relation, new CaptureOptions(source.wake(), source.leaseUntil()), next);
    return true;
  }

  private boolean isWorn(
      Connection connection,
      RegisteredSource source,
      QualifiedName written,
      Instant now,
      CaptureSettings settings)
      throws SQLException {
    int limit = settings.flipAboveRows();
    return cleaning.consumed(connection, source.id(), written, limit) > limit
        || (source.flippedAt().plus(settings.flipAfter()).isBefore(now)
            && !cleaning.isEmpty(connection, written));
  }
}
