package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.catalog.RegisteredSource;
import dev.pgtrickle.engine.catalog.SourceRegistry;
import dev.pgtrickle.engine.postgres.FencedTransactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Renews the deadlines in the capture functions while somebody serves the database (P18). */
final class LeaseKeeper {
  private final FencedTransactions transactions;
  private final CaptureInstallation installation;
  private final SourceRegistry registry;
  private final Deadline deadline;
  private final Duration budget;

  LeaseKeeper(
      FencedTransactions transactions,
      CaptureInstallation installation,
      Deadline deadline,
      Duration budget) {
    this.transactions = transactions;
    this.installation = installation;
    this.registry = installation.registry();
    this.deadline = deadline;
    this.budget = budget;
  }

  /** What became of a source's lease. */
  enum Outcome {
    NOT_DUE,
    RENEWED,
    /** Too late, or something else is wrong with the capture: it must be repaired. */
    BROKEN
  }

  Outcome renew(long sourceId, Instant now) {
    return transactions.politely(budget, connection -> renew(connection, sourceId, now));
  }

  private Outcome renew(Connection connection, long sourceId, Instant now) throws SQLException {
    RegisteredSource source = installation.registered(connection, sourceId);
    if (!deadline.isDue(source.leaseUntil(), now)) {
      return Outcome.NOT_DUE;
    }
    if (source.horizon().isEmpty() || !installation.isIntact(connection, source)) {
      return Outcome.BROKEN;
    }
    SourceRelation relation =
        installation.relation(connection, source.relationOid(), source.name());
    installation.writeFunctions(
        connection,
        source,
        relation,
        new CaptureOptions(source.wake(), now.plus(Deadline.LENGTH)),
        source.activeSide());
    return Outcome.RENEWED;
  }

  /** Whether the capture needs a repair; a gap that is open already counts as well. */
  boolean isBroken(long sourceId) {
    return transactions.inTransaction(
        transactions.lockTimeouts().bound(),
        connection -> {
          Optional<RegisteredSource> source = registry.byId(connection, sourceId);
          return source.isPresent()
              && (source.get().horizon().isEmpty()
                  || !installation.isIntact(connection, source.get()));
        });
  }

  List<Long> sources() {
    return transactions.inTransaction(
        transactions.lockTimeouts().bound(),
        connection -> registry.all(connection).stream().map(RegisteredSource::id).toList());
  }
}
