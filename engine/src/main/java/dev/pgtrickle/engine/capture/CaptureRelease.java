package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.catalog.BufferPair;
import dev.pgtrickle.engine.catalog.RegisteredSource;
import dev.pgtrickle.engine.catalog.SourceRegistry;
import dev.pgtrickle.engine.postgres.FencedTransactions;
import dev.pgtrickle.engine.source.Coverage;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * The end of a capture, in the order of P16: triggers, barrier, functions, buffers. A writer that
 * is still inside a function must find the buffer. Dying in between leaves a source with an open
 * gap, which the next call finishes off or the next consumer repairs.
 */
final class CaptureRelease {
  private final FencedTransactions transactions;
  private final CaptureInstallation installation;
  private final SourceRegistry registry;
  private final Barrier barrier;
  private final Duration budget;

  CaptureRelease(
      FencedTransactions transactions,
      CaptureInstallation installation,
      Barrier barrier,
      Duration budget) {
    this.transactions = transactions;
    this.installation = installation;
    this.registry = installation.registry();
    this.barrier = barrier;
    this.budget = budget;
  }

  void release(long sourceId) {
    Optional<RegisteredSource> unused =
        transactions.politely(budget, connection -> detachUnused(connection, sourceId));
    if (unused.isEmpty()) {
      return;
    }
    Optional<SourceRelation> relation =
        transactions.inTransaction(
            transactions.lockTimeouts().bound(),
            connection -> SourceRelation.read(connection, unused.get().relationOid()));
    relation.ifPresent(present -> barrier.pass(transactions, present.name(), budget));
    transactions.politely(budget, connection -> drop(connection, sourceId));
  }

  private Optional<RegisteredSource> detachUnused(Connection connection, long sourceId)
      throws SQLException {
    installation.lockBufferSet(connection);
    Optional<RegisteredSource> source = registry.lockedForRemoval(connection, sourceId);
    if (source.isEmpty() || registry.isConsumed(connection, sourceId)) {
      return Optional.empty();
    }
    registry.openGap(connection, sourceId);
    Optional<SourceRelation> relation = SourceRelation.read(connection, source.get().relationOid());
    if (relation.isPresent()) {
      if (relation.get().coverage() == Coverage.COMPLETE) {
        installation.detach(connection, relation.get());
      } else {
        // Without ownership a trigger only goes together with its function.
        installation.dropFunctions(connection, sourceId);
      }
    }
    return source;
  }

  private boolean drop(Connection connection, long sourceId) throws SQLException {
    installation.lockBufferSet(connection);
    Optional<RegisteredSource> source = registry.lockedForRemoval(connection, sourceId);
    if (source.isEmpty() || registry.isConsumed(connection, sourceId)) {
      return false;
    }
    installation.dropFunctions(connection, sourceId);
    for (BufferPair pair : source.get().pairs()) {
      installation.dropPair(connection, pair);
    }
    registry.remove(connection, sourceId);
    installation.replaceUnread(connection);
    return true;
  }
}
