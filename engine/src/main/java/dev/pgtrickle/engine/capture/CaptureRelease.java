package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.catalog.BufferPair;
import dev.pgtrickle.engine.catalog.RegisteredSource;
import dev.pgtrickle.engine.catalog.SourceReaders;
import dev.pgtrickle.engine.catalog.SourceRegistry;
import dev.pgtrickle.engine.postgres.FencedTransactions;
import dev.pgtrickle.engine.postgres.QualifiedName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The end of a capture, in the order of P16: triggers, barrier, functions, buffers. A writer that
 * is still inside a function must find the buffer. Dying in between leaves a source with an open
 * gap, which the next call finishes off or the next consumer repairs.
 */
final class CaptureRelease {
  private final FencedTransactions transactions;
  private final CaptureInstallation installation;
  private final SourceRegistry registry;
  private final InstalledTriggers triggers = new InstalledTriggers();
  private final SourceReaders readers = new SourceReaders();
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
    Optional<Set<QualifiedName>> detached =
        transactions.politely(budget, connection -> detachUnused(connection, sourceId));
    if (detached.isEmpty()) {
      return;
    }
    if (!detached.get().isEmpty()) {
      barrier.pass(transactions, detached.get(), budget);
    }
    transactions.politely(budget, connection -> drop(connection, sourceId));
  }

  /**
   * The tables that have or had triggers, or nothing where some frontier needs them. Whoever died
   * before the barrier has taken the triggers off, so those of the source are named in any case.
   */
  private Optional<Set<QualifiedName>> detachUnused(Connection connection, long sourceId)
      throws SQLException {
    installation.lockBufferSet(connection);
    Optional<RegisteredSource> source = registry.lockedForRemoval(connection, sourceId);
    if (source.isEmpty() || readers.isConsumed(connection, sourceId)) {
      return Optional.empty();
    }
    registry.openGap(connection, sourceId);
    Set<QualifiedName> relations =
        new LinkedHashSet<>(SourceTree.read(connection, source.get().relationOid()).names());
    relations.addAll(triggers.takeOff(connection, sourceId));
    return Optional.of(relations);
  }

  private boolean drop(Connection connection, long sourceId) throws SQLException {
    installation.lockBufferSet(connection);
    Optional<RegisteredSource> source = registry.lockedForRemoval(connection, sourceId);
    if (source.isEmpty() || readers.isConsumed(connection, sourceId)) {
      return false;
    }
    triggers.dropFunctions(connection, sourceId);
    for (BufferPair pair : source.get().pairs()) {
      installation.dropPair(connection, pair);
    }
    registry.remove(connection, sourceId);
    installation.replaceUnread(connection);
    return true;
  }
}
