package dev.pgtrickle.engine.lifecycle;

import dev.pgtrickle.engine.capture.CaptureResult;
import dev.pgtrickle.engine.capture.Pins;
import dev.pgtrickle.engine.catalog.StreamTableRecord;
import dev.pgtrickle.engine.catalog.VersionRecord;
import dev.pgtrickle.engine.catalog.VersionRegistry;
import dev.pgtrickle.engine.plan.MaintenancePlan;
import dev.pgtrickle.engine.plan.StorageLayout;
import dev.pgtrickle.engine.postgres.FencedTransactions;
import dev.pgtrickle.engine.storage.StorageInstaller;
import dev.pgtrickle.engine.storage.StorageRemover;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Storage, view and pinned frontier rows of a table that has none, in one transaction. */
final class TableCreation {
  private static final Duration BUDGET = Duration.ofSeconds(10);

  private final FencedTransactions transactions;
  private final StreamTableLifecycle.StatementFactory statementFactory;
  private final StorageInstaller installer;
  private final RegistryRows rows;
  private final StorageRemover remover = new StorageRemover();
  private final VersionRegistry versions = new VersionRegistry();
  private final Pins pins = new Pins();
  private final LayoutCodec layouts = new LayoutCodec();
  private final PlanSummary summary = new PlanSummary();

  TableCreation(
      FencedTransactions transactions,
      StreamTableLifecycle.StatementFactory statementFactory,
      StorageInstaller installer,
      RegistryRows rows) {
    this.transactions = transactions;
    this.statementFactory = statementFactory;
    this.installer = installer;
    this.rows = rows;
  }

  /** What an empty storage of an older wish left is removed first. */
  VersionRecord create(StreamTableRecord row, MaintenancePlan plan, List<CaptureResult> captured) {
    return transactions
        .politely(BUDGET, connection -> createOnce(connection, row, plan, captured))
        .orElseThrow(Pins::gone);
  }

  /** Empty when a source is not captured any more: asking for the same again would be in vain. */
  private Optional<VersionRecord> createOnce(
      Connection connection,
      StreamTableRecord row,
      MaintenancePlan plan,
      List<CaptureResult> captured)
      throws SQLException {
    StreamTableRecord present = rows.stillWanted(connection, row);
    if (!pins.hold(connection, captured.stream().map(CaptureResult::sourceId).toList())) {
      return Optional.empty();
    }
    if (present.version().isPresent()) {
      remover.dropView(connection, row.definition().relation(), present.version().get());
      remover.dropStorage(connection, present.version().get());
      versions.remove(connection, present.version().get().id());
    }
    return Optional.of(create(connection, present, plan, captured));
  }

  private VersionRecord create(
      Connection connection,
      StreamTableRecord row,
      MaintenancePlan plan,
      List<CaptureResult> captured)
      throws SQLException {
    StorageLayout layout = StorageLayout.of(plan);
    VersionRecord version =
        versions.insert(
            connection,
            row.id(),
            row.definitionHash(),
            layouts.write(layout),
            layout.visibleNames());
    installer.create(
        connection,
        row.definition(),
        version,
        plan,
        statementFactory.statements(plan, version.storage()));
    Surroundings wanted = Surroundings.wanted(row.definition(), version);
    versions.recordObjects(
        connection, version.id(), wanted.indexes(), wanted.grants(), wanted.owner());
    versions.stampView(connection, version.id(), row.definition().relation());
    versions.stampGuard(connection, version);
    pins.pin(connection, version.id(), captured.stream().map(CaptureResult::sourceId).toList());
    rows.registry().updatePlan(connection, row.id(), summary.write(row.definition(), plan));
    rows.registry().updateState(connection, row.id(), StreamTableRecord.State.LOADING);
    return version;
  }
}
