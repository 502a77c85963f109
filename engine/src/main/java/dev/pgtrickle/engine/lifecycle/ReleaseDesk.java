package dev.pgtrickle.engine.lifecycle;

import dev.pgtrickle.engine.catalog.StreamTableRecord;
import dev.pgtrickle.engine.catalog.VersionRecord;
import dev.pgtrickle.engine.definition.DeletionPolicy;
import dev.pgtrickle.engine.definition.Origin;
import dev.pgtrickle.engine.postgres.FencedTransactions;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.storage.Dependants;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Writes down that an owner leaves. Short transactions only; the worker does what follows. */
public final class ReleaseDesk {
  private static final Duration LOCK_TIMEOUT = Duration.ofMillis(500);

  private final FencedTransactions transactions;
  private final RegistryRows rows = new RegistryRows();
  private final Dependants dependants = new Dependants();

  public ReleaseDesk(FencedTransactions transactions) {
    this.transactions = transactions;
  }

  public ReleaseOutcome release(QualifiedName relation, Origin owner, ReleaseOrder order) {
    return transactions.inTransaction(
        LOCK_TIMEOUT, connection -> release(connection, relation, owner, order));
  }

  private ReleaseOutcome release(
      Connection connection, QualifiedName relation, Origin owner, ReleaseOrder order)
      throws SQLException {
    Optional<StreamTableRecord> row = rows.registry().lock(connection, relation);
    if (row.isEmpty() || !OwnershipRule.isSame(row.get().definition().origin(), owner)) {
      return new ReleaseOutcome.NothingHeld();
    }
    if (row.get().isTombstone()) {
      return new ReleaseOutcome.Done();
    }
    return switch (order) {
      case ReleaseOrder.HandOver handOver
          when row.get().state() != StreamTableRecord.State.RELEASING -> {
        rows.registry()
            .want(connection, row.get().id(), row.get().definition().ownedBy(handOver.to()));
        yield new ReleaseOutcome.HandedOver();
      }
      case ReleaseOrder.HandOver late -> new ReleaseOutcome.InProgress();
      case ReleaseOrder.By by -> release(connection, row.get(), by.policy());
    };
  }

  private ReleaseOutcome release(
      Connection connection, StreamTableRecord row, DeletionPolicy policy) throws SQLException {
    if (policy == DeletionPolicy.DELETE) {
      List<String> others = dependants.all(connection, row.definition().relation());
      if (!others.isEmpty()) {
        return new ReleaseOutcome.Blocked(others);
      }
    }
    boolean known =
        row.state() == StreamTableRecord.State.RELEASING
            && row.release().filter(release -> release.policy() == policy).isPresent();
    if (known) {
      return new ReleaseOutcome.InProgress();
    }
    rows.registry().release(connection, row.id(), policy);
    boolean populated =
        row.version()
            .filter(version -> version.population() == VersionRecord.Population.POPULATED)
            .isPresent();
    if (policy == DeletionPolicy.ORPHAN
        && populated
        && row.state() != StreamTableRecord.State.RELEASING) {
      rows.registry().retire(connection, row.id(), StreamTableRecord.State.ORPHANED);
      return new ReleaseOutcome.Done();
    }
    return new ReleaseOutcome.InProgress();
  }
}
