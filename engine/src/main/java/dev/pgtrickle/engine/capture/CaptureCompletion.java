package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.catalog.RegisteredSource;
import dev.pgtrickle.engine.catalog.SourceRegistry;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.FencedTransactions;
import dev.pgtrickle.engine.postgres.QualifiedName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * What follows a committed change of the capture (P3): the barrier, and only then the horizon that
 * lets a snapshot become a frontier again.
 */
final class CaptureCompletion {
  private final FencedTransactions transactions;
  private final CaptureInstallation installation;
  private final Barrier barrier;
  private final Duration budget;

  CaptureCompletion(
      FencedTransactions transactions,
      CaptureInstallation installation,
      Barrier barrier,
      Duration budget) {
    this.transactions = transactions;
    this.installation = installation;
    this.barrier = barrier;
    this.budget = budget;
  }

  /** A change that was committed. */
  record Changed(RegisteredSource source, String stamp) {}

  /** What the transaction that changes the capture has to return. */
  Changed changed(Connection connection, RegisteredSource source) throws SQLException {
    return new Changed(source, installation.registry().captureStamp(connection, source.id()));
  }

  /** Passes the barrier where the source still waits for one. */
  void complete(Changed changed) {
    RegisteredSource source = changed.source();
    if (source.currentPair().settled() && source.horizon().isPresent()) {
      return;
    }
    barrier.pass(transactions, writable(source), budget);
    transactions.politely(budget, connection -> settle(connection, changed));
  }

  /** All tables in which writers of the source may be at work. */
  private List<QualifiedName> writable(RegisteredSource source) {
    List<QualifiedName> names =
        transactions.inTransaction(
            transactions.lockTimeouts().bound(),
            connection -> SourceTree.read(connection, source.relationOid()).names());
    return names.isEmpty() ? List.of(source.name()) : names;
  }

  private boolean settle(Connection connection, Changed changed) throws SQLException {
    SourceRegistry registry = installation.registry();
    RegisteredSource source = installation.registered(connection, changed.source().id());
    // Somebody who changed the capture meanwhile has a barrier of his own to pass.
    if (!registry.captureStamp(connection, source.id()).equals(changed.stamp())) {
      throw TrickleException.of(
          ErrorCode.OBJECT_CHANGED,
          "the capture of " + source.name() + " was changed at the same time",
          "it is tried again by itself");
    }
    registry.settle(connection, source.id(), changed.source().currentPair().generation());
    if (source.horizon().isEmpty()) {
      // Nothing older than the new horizon can be proven by anybody, so no marker is needed for it.
      installation.forgetExpiry(connection, source);
      registry.closeGap(connection, source.id());
    }
    return true;
  }
}
