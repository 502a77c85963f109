package dev.pgtrickle.engine.lifecycle;

import dev.pgtrickle.engine.capture.CaptureOptions;
import dev.pgtrickle.engine.capture.CaptureResult;
import dev.pgtrickle.engine.capture.ChangeCapture;
import dev.pgtrickle.engine.catalog.VersionRecord;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.plan.MaintenancePlan;
import dev.pgtrickle.engine.refresh.MaintainedSource;
import dev.pgtrickle.engine.refresh.MaintainedTable;
import dev.pgtrickle.engine.source.SourceRequirement;
import dev.pgtrickle.engine.source.WakeUp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Puts together what a refresh needs: plan, statements, storage, and where changes are captured.
 */
final class TableAssembly {
  private final StreamTableLifecycle.StatementFactory statementFactory;
  private final ChangeCapture capture;
  private final CaptureDefaults captureDefaults;

  TableAssembly(
      StreamTableLifecycle.StatementFactory statementFactory,
      ChangeCapture capture,
      CaptureDefaults captureDefaults) {
    this.statementFactory = statementFactory;
    this.capture = capture;
    this.captureDefaults = captureDefaults;
  }

  /** Captures every source completely, from the return on. */
  List<CaptureResult> capture(StreamTableDefinition definition, MaintenancePlan plan) {
    CaptureOptions options = captureDefaults.options(definition);
    List<CaptureResult> results = new ArrayList<>();
    // Who writes the rows of a stream table is awake.
    CaptureOptions silent =
        new CaptureOptions(
            WakeUp.POLL, options.leaseUntil(), options.buffers(), options.publication());
    for (SourceRequirement source : plan.sources()) {
      results.add(capture.ensure(source, source.streamTable().isPresent() ? silent : options));
    }
    return results;
  }

  /** The sources as they are captured already. */
  List<CaptureResult> captured(MaintenancePlan plan) {
    List<CaptureResult> results = new ArrayList<>();
    for (SourceRequirement source : plan.sources()) {
      results.add(capture.registered(source.relationOid()));
    }
    return results;
  }

  MaintainedTable assemble(
      long streamTableId,
      StreamTableDefinition definition,
      Analysis analysis,
      VersionRecord version,
      List<CaptureResult> captured) {
    MaintenancePlan plan = analysis.plan();
    List<MaintainedSource> sources = new ArrayList<>();
    for (int index = 0; index < captured.size(); index++) {
      sources.add(source(plan.sources().get(index), captured.get(index).sourceId()));
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

  /** The buffers to read changed: there is a new pair, or an old one has drained. */
  MaintainedTable withWindows(MaintainedTable table) {
    return table.withSources(
        table.sources().stream()
            .map(source -> source(source.requirement(), source.window().sourceId()))
            .toList());
  }

  /** What the sources looked like when the query was analysed, by source id. */
  static Map<Long, List<Long>> fingerprints(MaintainedTable table, Analysis analysis) {
    return table.sources().stream()
        .collect(
            Collectors.toMap(
                source -> source.window().sourceId(),
                source -> analysis.fingerprints().get(source.requirement().relationOid())));
  }

  private MaintainedSource source(SourceRequirement requirement, long sourceId) {
    return new MaintainedSource(
        requirement, capture.window(sourceId, requirement.attributeNumbers()));
  }
}
