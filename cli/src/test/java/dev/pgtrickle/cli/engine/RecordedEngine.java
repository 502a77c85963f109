package dev.pgtrickle.cli.engine;

import dev.pgtrickle.engine.definition.Origin;
import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.lifecycle.ApplyOutcome;
import dev.pgtrickle.engine.lifecycle.Owners;
import dev.pgtrickle.engine.lifecycle.ReleaseOrder;
import dev.pgtrickle.engine.lifecycle.ReleaseOutcome;
import dev.pgtrickle.engine.postgres.ConnectionTarget;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.runtime.DatabaseReport;
import dev.pgtrickle.engine.runtime.EngineListener;
import dev.pgtrickle.engine.runtime.RefreshReport;
import dev.pgtrickle.engine.runtime.StreamTableEngine;
import dev.pgtrickle.engine.runtime.StreamTableReport;
import dev.pgtrickle.engine.runtime.WorkerPresence;
import dev.pgtrickle.engine.verify.VerificationResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An engine without a database: answers what it was given, so that the commands alone are tested.
 */
public final class RecordedEngine implements StreamTableEngine, DatabaseClient, Engines {
  public static final QualifiedName TOTALS = QualifiedName.of("public", "order_totals");
  private static final Instant TIME = Instant.parse("2026-11-01T10:00:00Z");

  private final List<String> calls = new ArrayList<>();
  private VerificationResult.Verdict verdict = VerificationResult.Verdict.EXACT;
  private WorkerPresence presence = WorkerPresence.ALIVE;
  private Optional<TrickleException> failure = Optional.empty();

  public static RefreshReport refreshReport() {
    return new RefreshReport(
        TIME,
        Duration.ofNanos(2_100_000),
        "Schedule",
        "Differential",
        "aggregates invertible",
        12,
        3,
        9,
        0);
  }

  public static StreamTableReport healthy() {
    return new StreamTableReport(
        TOTALS,
        "active",
        "Differential",
        "algebraic",
        "aggregates invertible",
        "every 30s",
        List.of("public.orders"),
        Optional.of(TIME),
        Optional.of(Duration.ofMillis(350)),
        18_231,
        2_097_152,
        3,
        Optional.of(refreshReport()),
        0,
        Optional.empty(),
        List.of(),
        life("order-totals"));
  }

  public static StreamTableReport stalled() {
    return new StreamTableReport(
        QualifiedName.of("reporting", "Größe"),
        "stalled",
        "Full",
        "full",
        "",
        "manual",
        List.of(),
        Optional.empty(),
        Optional.empty(),
        0,
        0,
        0,
        Optional.empty(),
        4,
        Optional.of(
            new StreamTableReport.Problem(
                "SourceMissing", "table orders is gone", "create it again")),
        List.of(),
        life("size"));
  }

  private static StreamTableReport.Life life(String name) {
    return new StreamTableReport.Life(
        new Origin("shop", name, "manifest:shop/" + name),
        true,
        "3fa9c1d20b77",
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  public RecordedEngine answering(VerificationResult.Verdict answer) {
    verdict = answer;
    return this;
  }

  public RecordedEngine failing(TrickleException problem) {
    failure = Optional.of(problem);
    return this;
  }

  public List<String> calls() {
    return calls;
  }

  @Override
  public StreamTableEngine own(ConnectionTarget target, EngineListener listener) {
    calls.add("own " + target);
    return this;
  }

  @Override
  public DatabaseClient client(ConnectionTarget target) {
    calls.add("client " + target);
    return this;
  }

  @Override
  public PreviewClient previews(ConnectionTarget target, List<StreamTableDefinition> declared) {
    return new DirectEngines("test").previews(target, declared);
  }

  @Override
  public ApplyOutcome apply(StreamTableDefinition definition, Owners owners) {
    calls.add("apply " + definition.relation());
    failure.ifPresent(problem -> {
      throw problem;
    });
    return new ApplyOutcome.Created();
  }

  @Override
  public ReleaseOutcome release(QualifiedName relation, Origin owner, ReleaseOrder order) {
    calls.add("release " + relation);
    return new ReleaseOutcome.Done();
  }

  @Override
  public StreamTableReport await(QualifiedName relation, Duration patience) {
    return healthy();
  }

  @Override
  public void watch() {
    calls.add("watch");
  }

  @Override
  public DatabaseReport database() {
    return new DatabaseReport("7412", 1, 18);
  }

  @Override
  public void request(QualifiedName relation, Optional<RefreshMode> mode, String token) {
    calls.add("request " + relation + " " + token);
  }

  @Override
  public List<StreamTableReport> report() {
    failure.ifPresent(problem -> {
      throw problem;
    });
    return List.of(healthy(), stalled());
  }

  @Override
  public RefreshReport refresh(
      QualifiedName relation, Optional<RefreshMode> mode, Duration patience) {
    calls.add(
        "refresh " + relation + " " + mode.map(RefreshMode::word).orElse("-") + " " + patience);
    if (!relation.equals(TOTALS) && !relation.name().name().startsWith("t")) {
      throw TrickleException.of(
          ErrorCode.NOT_FOUND, "there is no stream table " + relation, "see trickle status");
    }
    return refreshReport();
  }

  @Override
  public VerificationResult verify(QualifiedName relation) {
    calls.add("verify " + relation);
    boolean exact = verdict == VerificationResult.Verdict.EXACT;
    return new VerificationResult(
        relation, verdict, 1_000, exact ? 0 : 1, 0, exact ? List.of() : List.of("- (1,20)"));
  }

  public RecordedEngine withoutWorker() {
    presence = WorkerPresence.ABSENT;
    return this;
  }

  @Override
  public WorkerPresence worker() {
    return presence;
  }

  @Override
  public Optional<TrickleException> ended() {
    return Optional.empty();
  }

  @Override
  public void uninstall() {
    calls.add("uninstall");
  }

  @Override
  public void close() {
    calls.add("close");
  }
}
