package dev.pgtrickle.engine.lifecycle;

import dev.pgtrickle.engine.capture.CaptureOptions;
import dev.pgtrickle.engine.capture.CaptureResult;
import dev.pgtrickle.engine.capture.ChangeCapture;
import dev.pgtrickle.engine.capture.Pins;
import dev.pgtrickle.engine.catalog.FrontierRegistry;
import dev.pgtrickle.engine.catalog.StreamTableRecord;
import dev.pgtrickle.engine.catalog.StreamTableRegistry;
import dev.pgtrickle.engine.catalog.VersionRecord;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.plan.MaintenancePlan;
import dev.pgtrickle.engine.plan.MaintenanceStatements;
import dev.pgtrickle.engine.postgres.FencedTransactions;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.refresh.MaintainedSource;
import dev.pgtrickle.engine.refresh.MaintainedTable;
import dev.pgtrickle.engine.refresh.RefreshOrder;
import dev.pgtrickle.engine.refresh.RefreshResult;
import dev.pgtrickle.engine.refresh.Refresher;
import dev.pgtrickle.engine.source.SourceRequirement;
import dev.pgtrickle.engine.storage.StorageInstaller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * From a definition to a table that readers see, in steps that each commit and are decided from the
 * registry alone: killed between any two, the next run resumes.
 *
 * <ol>
 *   <li>claim the relation (a unique key of the registry decides);
 *   <li>analyse the query (rolled back);
 *   <li>capture the sources, commit, pass the barrier (P3);
 *   <li>create storage, view and PINNED frontier rows, commit (P4);
 *   <li>load, with rows, frontier and "populated" in one transaction.
 * </ol>
 */
public final class StreamTableLifecycle {
  private static final Duration DDL_BUDGET = Duration.ofSeconds(60);
  private static final int LOAD_ATTEMPTS = 20;

  private final FencedTransactions transactions;
  private final TableAnalyser analyser;
  private final StatementFactory statementFactory;
  private final ChangeCapture capture;
  private final CaptureDefaults captureDefaults;
  private final Refresher refresher;
  private final StorageInstaller installer = new StorageInstaller();
  private final StreamTableRegistry registry = new StreamTableRegistry();
  private final FrontierRegistry frontiers = new FrontierRegistry();
  private final Pins pins = new Pins();
  private final PlanSummary summary = new PlanSummary();
  private final TableClaim claim = new TableClaim(registry, installer);

  public StreamTableLifecycle(
      FencedTransactions transactions,
      TableAnalyser analyser,
      StatementFactory statementFactory,
      ChangeCapture capture,
      CaptureDefaults captureDefaults,
      Refresher refresher) {
    this.transactions = transactions;
    this.analyser = analyser;
    this.statementFactory = statementFactory;
    this.capture = capture;
    this.captureDefaults = captureDefaults;
    this.refresher = refresher;
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

  /** Claims, analyses, captures, creates and loads, as far as that is not done yet. */
  public MaintainedTable bring(StreamTableDefinition definition) {
    // Analysed before anything is written: a query that is refused leaves no trace.
    Analysis analysis = analyser.analyse(definition);
    StreamTableRecord row =
        transactions.inTransaction(DDL_BUDGET, connection -> claim.claim(connection, definition));
    return complete(row, analysis);
  }

  /** The same for a table that the registry knows already. */
  public MaintainedTable open(StreamTableRecord row) {
    return complete(row, analyser.analyse(row.definition()));
  }

  /** The same without touching anything, for those who only read. */
  public MaintainedTable look(StreamTableRecord row) {
    Analysis analysis = analyser.analyse(row.definition());
    VersionRecord version =
        row.version()
            .orElseThrow(() ->
                TrickleException.of(
                    ErrorCode.NOT_FOUND,
                    row.definition().relation() + " has no storage yet",
                    "wait for its creation, see trickle status"));
    requireStoredShape(row, analysis.plan());
    List<CaptureResult> captured = new ArrayList<>();
    for (SourceRequirement source : analysis.plan().sources()) {
      captured.add(capture.registered(source.relationOid()));
    }
    return assemble(row.id(), row.definition(), analysis, version, captured);
  }

  /** Makes capture whole again (P3, P4: the horizon is everything until the barrier is passed). */
  public MaintainedTable repairCapture(MaintainedTable table, long sourceId) {
    capture.repair(sourceId);
    return withWindows(table);
  }

  /** The buffers to read changed: there is a new pair, or an old one has drained. */
  public MaintainedTable withWindows(MaintainedTable table) {
    return table.withSources(
        table.sources().stream()
            .map(source -> source(source.requirement(), source.window().sourceId()))
            .toList());
  }

  /** The query against the sources as they are now; the storage must still fit. */
  public Reanalysis reanalyse(MaintainedTable table) {
    Analysis analysis = analyser.analyse(table.definition());
    requireShape(table.definition(), StorageShape.of(table.plan()), analysis.plan());
    List<CaptureResult> captured = ensureCapture(table.definition(), analysis.plan());
    MaintainedTable renewed =
        assemble(table.streamTableId(), table.definition(), analysis, table.version(), captured);
    attach(renewed, analysis.plan(), captured);
    return new Reanalysis(renewed, fingerprints(renewed, analysis));
  }

  private MaintainedTable complete(StreamTableRecord row, Analysis analysis) {
    if (row.version().isPresent()) {
      requireStoredShape(row, analysis.plan());
    }
    List<CaptureResult> captured = ensureCapture(row.definition(), analysis.plan());
    VersionRecord version = row.version().orElseGet(() -> create(row, analysis.plan(), captured));
    MaintainedTable table = assemble(row.id(), row.definition(), analysis, version, captured);
    attach(table, analysis.plan(), captured);
    if (version.population() == VersionRecord.Population.EMPTY) {
      return load(table, fingerprints(table, analysis));
    }
    if (row.state() != StreamTableRecord.State.ACTIVE || row.consecutiveFailures() > 0) {
      // It stood still for a reason that may be gone; if it is not, the next refresh says so.
      transactions.inTransaction(
          DDL_BUDGET,
          connection -> {
            registry.updateState(connection, row.id(), StreamTableRecord.State.ACTIVE);
            registry.clearFailures(connection, row.id());
            return Boolean.TRUE;
          });
    }
    return table;
  }

  /**
   * Makes exactly the captured sources those of the version: a table that was dropped and created
   * again is another source, whose frontier begins now and leads to a full refresh.
   */
  private void attach(MaintainedTable table, MaintenancePlan plan, List<CaptureResult> captured) {
    List<Long> present = captured.stream().map(CaptureResult::sourceId).toList();
    List<Long> abandoned =
        transactions.inTransaction(
            DDL_BUDGET,
            connection -> {
              registry.updatePlan(
                  connection, table.streamTableId(), summary.write(table.definition(), plan));
              pins.pin(connection, table.version().id(), present);
              return frontiers.keepOnly(connection, table.version().id(), present);
            });
    abandoned.forEach(capture::release);
  }

  private List<CaptureResult> ensureCapture(
      StreamTableDefinition definition, MaintenancePlan plan) {
    CaptureOptions options = captureDefaults.options(definition);
    List<CaptureResult> results = new ArrayList<>();
    for (SourceRequirement source : plan.sources()) {
      results.add(capture.ensure(source, options));
    }
    return results;
  }

  private VersionRecord create(
      StreamTableRecord row, MaintenancePlan plan, List<CaptureResult> captured) {
    return transactions.politely(
        DDL_BUDGET,
        connection -> {
          VersionRecord version = registry.insertVersion(connection, row.id());
          MaintenanceStatements statements = statementFactory.statements(plan, version.storage());
          installer.create(connection, row.definition(), version, plan, statements);
          pins.pin(
              connection, version.id(), captured.stream().map(CaptureResult::sourceId).toList());
          registry.updatePlan(connection, row.id(), summary.write(row.definition(), plan));
          registry.updateState(connection, row.id(), StreamTableRecord.State.LOADING);
          return version;
        });
  }

  private MaintainedTable load(MaintainedTable table, Map<Long, List<Long>> understood) {
    MaintainedTable current = table;
    for (int attempt = 1; ; attempt++) {
      try {
        RefreshResult result =
            refresher.refresh(
                current,
                new RefreshOrder(
                    RefreshOrder.Cause.INITIAL, RefreshOrder.Wish.INITIAL, understood));
        switch (result) {
          case RefreshResult.Refreshed refreshed -> {
            return current.populated();
          }
          case RefreshResult.CaptureBroken broken ->
              current = repairCapture(current, broken.sourceId());
          case RefreshResult.WindowsMoved moved -> current = withWindows(current);
          case RefreshResult.DefinitionChanged changed -> {
            Reanalysis reanalysis = reanalyse(current);
            return load(reanalysis.table(), reanalysis.fingerprints());
          }
          case RefreshResult.Unchanged unchanged ->
              throw new IllegalStateException("a first load always writes");
        }
      } catch (TrickleException failure) {
        if (failure.code().kind() != ErrorCode.Kind.TRANSIENT || attempt == LOAD_ATTEMPTS) {
          throw failure;
        }
        Pauses.afterFailure(attempt);
      }
    }
  }

  private MaintainedSource source(SourceRequirement requirement, long sourceId) {
    return new MaintainedSource(
        requirement, capture.window(sourceId, requirement.attributeNumbers()));
  }

  private static Map<Long, List<Long>> fingerprints(MaintainedTable table, Analysis analysis) {
    return table.sources().stream()
        .collect(
            Collectors.toMap(
                source -> source.window().sourceId(),
                source -> analysis.fingerprints().get(source.requirement().relationOid())));
  }

  private MaintainedTable assemble(
      long streamTableId,
      StreamTableDefinition definition,
      Analysis analysis,
      VersionRecord version,
      List<CaptureResult> captured) {
    MaintenancePlan plan = analysis.plan();
    List<MaintainedSource> sources = new ArrayList<>();
    for (int index = 0; index < captured.size(); index++) {
      SourceRequirement requirement = plan.sources().get(index);
      sources.add(source(requirement, captured.get(index).sourceId()));
    }
    return new MaintainedTable(
        streamTableId,
        definition,
        plan,
        statementFactory.statements(plan, version.storage()),
        version,
        sources,
        analysis.functionDefinitions());
  }

  private void requireStoredShape(StreamTableRecord row, MaintenancePlan plan) {
    Optional<String> stored =
        transactions.inTransaction(
            DDL_BUDGET, connection -> registry.planShape(connection, row.id()));
    stored.ifPresent(shape -> requireShape(row.definition(), new StorageShape(shape), plan));
  }

  private static void requireShape(
      StreamTableDefinition definition, StorageShape present, MaintenancePlan plan) {
    if (!present.equals(StorageShape.of(plan))) {
      throw TrickleException.of(
          ErrorCode.TYPE_CHANGED,
          "the columns or keys that %s rests on have changed in its sources"
              .formatted(definition.relation()),
          "change the source back, or create the stream table under a new name");
    }
  }
}
