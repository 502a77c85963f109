package dev.pgtrickle.engine.lifecycle;

import dev.pgtrickle.engine.capture.CaptureResult;
import dev.pgtrickle.engine.capture.ChangeCapture;
import dev.pgtrickle.engine.catalog.StreamTableRecord;
import dev.pgtrickle.engine.catalog.VersionContents;
import dev.pgtrickle.engine.catalog.VersionRecord;
import dev.pgtrickle.engine.definition.DeletionPolicy;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.plan.MaintenancePlan;
import dev.pgtrickle.engine.plan.MaintenanceStatements;
import dev.pgtrickle.engine.plan.StorageLayout;
import dev.pgtrickle.engine.postgres.FencedTransactions;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.refresh.MaintainedTable;
import dev.pgtrickle.engine.refresh.RefreshOrder;
import dev.pgtrickle.engine.refresh.Refresher;
import dev.pgtrickle.engine.storage.StorageInstaller;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * From what the registry says is wanted to what readers see, in steps that each commit and are
 * decided from the registry alone: killed between any two, the next run goes through all of them
 * again and does those that are not done.
 *
 * <ol>
 *   <li>analyse the query (rolled back);
 *   <li>capture the sources, commit, pass the barrier (P3);
 *   <li>create storage and view with PINNED frontier rows (P4), or pin and prepare the storage that
 *       is there for other rows (P8);
 *   <li>load, with rows, frontier and "populated" or "filled" in one transaction;
 *   <li>let go of sources that are not read any more, set owner, grants and indexes, and note that
 *       all is done.
 * </ol>
 */
public final class StreamTableLifecycle {
  private static final Duration LOCK_TIMEOUT = Duration.ofMillis(500);

  private final FencedTransactions transactions;
  private final TableAnalyser analyser;
  private final ChangeCapture capture;
  private final StepListener steps;
  private final TableAssembly assembly;
  private final TableCreation creation;
  private final InPlaceChange change;
  private final StoragePreparation preparation;
  private final TableLoader loader;
  private final Settlement settlement;
  private final Loosening loosening;
  private final Dressing dressing;
  private final TableRemoval removal;
  private final DriftRepair repair;
  private final RepairListener repaired;
  private final Upstreams upstreams;

  public StreamTableLifecycle(
      FencedTransactions transactions,
      TableAnalyser analyser,
      StatementFactory statementFactory,
      ChangeCapture capture,
      CaptureDefaults captureDefaults,
      Refresher refresher,
      LifecycleRules rules,
      RepairListener repaired) {
    RegistryRows rows = new RegistryRows();
    this.transactions = transactions;
    this.upstreams = new Upstreams(transactions);
    this.analyser = analyser;
    this.capture = capture;
    this.steps = rules.steps();
    this.assembly = new TableAssembly(statementFactory, capture, captureDefaults);
    StorageInstaller installer = new StorageInstaller(rules.guards());
    this.creation = new TableCreation(transactions, statementFactory, installer, rows);
    this.change = new InPlaceChange(rows);
    this.preparation = new StoragePreparation(transactions, rows, installer, statementFactory);
    this.loader = new TableLoader(refresher, capture, assembly, new Publishing(transactions));
    this.settlement = new Settlement(transactions, rows);
    this.loosening = new Loosening(transactions, rows);
    this.dressing = new Dressing(transactions, rules.guards(), rows);
    this.repair = new DriftRepair(transactions, statementFactory, rules.guards(), rows);
    this.repaired = repaired;
    this.removal = new TableRemoval(transactions, capture, rows, rules.steps());
  }

  /** Renders the statements of a plan over a storage table. */
  @FunctionalInterface
  public interface StatementFactory {
    MaintenanceStatements statements(MaintenancePlan plan, QualifiedName storage);
  }

  /**
   * A table that was analysed anew.
   *
   * @param fingerprints by source id: what the sources looked like then
   */
  public record Reanalysis(MaintainedTable table, Map<Long, List<Long>> fingerprints) {}

  /** Does what the registry says is wanted of a table, as far as that is not done yet. */
  public Brought bring(StreamTableRecord row) {
    return switch (row.state()) {
      case RELEASING -> end(row, row.release().orElseThrow().policy());
      case RETAINED -> new Brought.Retired();
      case ORPHANED ->
          settlement.isOrphanExpired(row) ? end(row, DeletionPolicy.RETAIN) : new Brought.Retired();
      case CREATING, LOADING, ACTIVE, STALLED -> establish(row);
    };
  }

  /** Whether a table that was assembled earlier may still be refreshed: its rows are what it is. */
  public boolean isStillMaintainable(MaintainedTable table) {
    return transactions.inTransaction(
        LOCK_TIMEOUT, connection -> change.isUntouched(connection, table));
  }

  private Brought end(StreamTableRecord row, DeletionPolicy policy) {
    return switch (removal.remove(row, policy)) {
      case NOTHING -> new Brought.Removed();
      case TOMBSTONE -> new Brought.Retired();
    };
  }

  private Brought establish(StreamTableRecord row) {
    Analysis analysis = analyser.analyse(row.definition());
    if (row.definition().activity() == StreamTableDefinition.Activity.SUSPENDED
        && (row.version().isEmpty() || wantsRows(row, analysis))) {
      return new Brought.Paused();
    }
    List<QualifiedName> awaited = upstreams.awaited(row.definition().relation(), analysis.plan());
    if (!awaited.isEmpty()) {
      return new Brought.Waiting(awaited);
    }
    List<CaptureResult> captured = assembly.capture(row.definition(), analysis.plan());
    pass(LifecyclePoint.CAPTURED, row);
    List<Drift> drift = repair.repair(row, analysis.plan());
    if (!drift.isEmpty()) {
      pass(LifecyclePoint.REPAIRED, row);
      repaired.on(row.definition().relation(), drift);
      // Its version may be gone, or has to be compared with the query as a whole.
      return establish(settlement.again(row), analysis, captured);
    }
    return establish(row, analysis, captured);
  }

  private Brought establish(
      StreamTableRecord row, Analysis analysis, List<CaptureResult> captured) {
    Optional<VersionRecord> present = row.version().filter(version -> isUsable(row, analysis));
    if (present.isEmpty()) {
      VersionRecord version = creation.create(row, analysis.plan(), captured);
      pass(LifecyclePoint.CREATED, row);
      return load(row, analysis, version, captured);
    }
    settlement.pin(present.get(), captured);
    pass(LifecyclePoint.PINNED, row);
    VersionContents contents = row.contents().orElseThrow();
    if (loosening.isNeeded(row, present.get(), contents)
        && (wantsRows(row, analysis) || settlement.isUnread(present.get()))) {
      loosening.loosen(row, present.get(), contents);
    }
    return present.get().population() == VersionRecord.Population.EMPTY
        ? load(row, analysis, present.get(), captured)
        : goOn(row, analysis, present.get(), captured);
  }

  private boolean wantsRows(StreamTableRecord row, Analysis analysis) {
    return row.version().orElseThrow().population() == VersionRecord.Population.EMPTY
        || change.isNeeded(row, row.contents().orElseThrow(), analysis.plan());
  }

  /** A storage with rows is changed, never thrown away; one without has to fit. */
  private boolean isUsable(StreamTableRecord row, Analysis analysis) {
    VersionRecord version = row.version().orElseThrow();
    return version.population() == VersionRecord.Population.POPULATED
        || !change.isNeeded(row, row.contents().orElseThrow(), analysis.plan());
  }

  private Brought load(
      StreamTableRecord row,
      Analysis analysis,
      VersionRecord version,
      List<CaptureResult> captured) {
    MaintainedTable table =
        assembly.assemble(row.id(), row.definition(), analysis, version, captured);
    MaintainedTable loaded =
        load(table, analysis, RefreshOrder.Cause.INITIAL, RefreshOrder.Wish.INITIAL);
    pass(LifecyclePoint.LOADED, row);
    return settle(row, loaded, Brought.News.CREATED);
  }

  private Brought goOn(
      StreamTableRecord row,
      Analysis analysis,
      VersionRecord version,
      List<CaptureResult> captured) {
    MaintainedTable table =
        assembly.assemble(row.id(), row.definition(), analysis, version, captured);
    if (change.isNeeded(row, row.contents().orElseThrow(), analysis.plan())) {
      VersionContents.Fill fill = preparation.prepare(row, version, analysis.plan());
      pass(LifecyclePoint.PREPARED, row);
      MaintainedTable filled =
          load(
              table,
              analysis,
              RefreshOrder.Cause.DEFINITION,
              switch (fill) {
                case DIFFERENCE -> RefreshOrder.Wish.DIFFERENCE_FILL;
                case REPLACEMENT -> RefreshOrder.Wish.REPLACEMENT_FILL;
              });
      pass(LifecyclePoint.LOADED, row);
      return settle(row, filled, Brought.News.CHANGED);
    }
    if (settlement.isUnread(version)) {
      MaintainedTable rebuilt =
          load(table, analysis, settlement.causeOfComparison(version), RefreshOrder.Wish.FULL);
      pass(LifecyclePoint.LOADED, row);
      return settle(row, rebuilt, Brought.News.REBUILT);
    }
    return settle(row, table, Brought.News.TAKEN_UP);
  }

  private MaintainedTable load(
      MaintainedTable table, Analysis analysis, RefreshOrder.Cause cause, RefreshOrder.Wish wish) {
    return loader.load(
        table, cause, wish, TableAssembly.fingerprints(table, analysis), this::reanalyse);
  }

  private Brought settle(StreamTableRecord row, MaintainedTable table, Brought.News news) {
    settlement.attach(table).forEach(capture::release);
    pass(LifecyclePoint.ATTACHED, row);
    VersionContents contents = settlement.contents(row);
    dressing.dress(row, table.version(), contents);
    pass(LifecyclePoint.DRESSED, row);
    VersionRecord version = settlement.settle(row);
    pass(LifecyclePoint.SETTLED, row);
    return new Brought.Maintained(table.withVersion(version), news);
  }

  /** The table without touching anything, for those who only read. */
  public MaintainedTable look(StreamTableRecord row) {
    Analysis analysis = analyser.analyse(row.definition());
    VersionRecord version =
        row.version()
            .orElseThrow(() ->
                TrickleException.of(
                    ErrorCode.NOT_FOUND,
                    row.definition().relation() + " has no storage yet",
                    "wait for its creation, see trickle status"));
    if (change.isNeeded(row, row.contents().orElseThrow(), analysis.plan())) {
      throw TrickleException.of(
          ErrorCode.OBJECT_CHANGED,
          "the definition of " + row.definition().relation() + " is being changed",
          "it is tried again by itself");
    }
    return assembly.assemble(
        row.id(), row.definition(), analysis, version, assembly.captured(analysis.plan()));
  }

  /** Makes capture whole again (P3, P4). */
  public MaintainedTable repairCapture(MaintainedTable table, long sourceId) {
    capture.repair(sourceId);
    return withWindows(table);
  }

  /** The buffers to read changed: there is a new pair, or an old one has drained. */
  public MaintainedTable withWindows(MaintainedTable table) {
    return assembly.withWindows(table);
  }

  /**
   * The query against the sources as they are now.
   *
   * @throws TrickleException TypeChanged when the storage does not fit any more: {@link #bring}
   *     changes it in place where that is possible
   */
  public Reanalysis reanalyse(MaintainedTable table) {
    Analysis analysis = analyser.analyse(table.definition());
    if (!StorageLayout.of(table.plan()).equals(StorageLayout.of(analysis.plan()))) {
      throw TrickleException.of(
          ErrorCode.TYPE_CHANGED,
          "the columns or keys that %s rests on have changed in its sources"
              .formatted(table.definition().relation()),
          "it is taken up again by itself");
    }
    List<CaptureResult> captured = assembly.capture(table.definition(), analysis.plan());
    MaintainedTable renewed =
        assembly.assemble(
            table.streamTableId(), table.definition(), analysis, table.version(), captured);
    settlement.pin(renewed.version(), captured);
    settlement.attach(renewed).forEach(capture::release);
    return new Reanalysis(renewed, TableAssembly.fingerprints(renewed, analysis));
  }

  private void pass(LifecyclePoint point, StreamTableRecord row) {
    steps.passed(point, row.definition().relation());
  }
}
