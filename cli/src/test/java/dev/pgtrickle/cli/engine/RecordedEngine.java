package dev.pgtrickle.cli.engine;

import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.ConnectionTarget;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.runtime.ApplyOutcome;
import dev.pgtrickle.engine.runtime.RefreshReport;
import dev.pgtrickle.engine.runtime.StreamTableEngine;
import dev.pgtrickle.engine.runtime.StreamTableReport;
import dev.pgtrickle.engine.verify.VerificationResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An engine without a database: answers what it was given, so that the commands alone are tested.
 */
public final class RecordedEngine implements StreamTableEngine, Engines {
  public static final QualifiedName TOTALS = QualifiedName.of("public", "order_totals");
  private static final Instant TIME = Instant.parse("2026-11-01T10:00:00Z");

  private final List<String> calls = new ArrayList<>();
  private VerificationResult.Verdict verdict = VerificationResult.Verdict.EXACT;
  private Optional<TrickleException> failure = Optional.empty();

  public static RefreshReport refreshReport() {
    return new RefreshReport(
        TIME, Duration.ofNanos(2_100_000), "Differential", "aggregates invertible", 12, 3, 9, 0);
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
        Optional.empty());
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
                "SourceMissing", "table orders is gone", "create it again")));
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
  public StreamTableEngine own(ConnectionTarget target) {
    calls.add("own " + target);
    return this;
  }

  @Override
  public StreamTableEngine client(ConnectionTarget target) {
    calls.add("client " + target);
    return this;
  }

  @Override
  public ApplyOutcome apply(StreamTableDefinition definition) {
    calls.add("apply " + definition.relation());
    failure.ifPresent(problem -> {
      throw problem;
    });
    return ApplyOutcome.CREATED;
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

  @Override
  public void close() {
    calls.add("close");
  }
}
