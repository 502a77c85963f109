package dev.pgtrickle.cli.run;

import dev.pgtrickle.binding.manifest.Manifests;
import dev.pgtrickle.cli.engine.Engines;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.lifecycle.ApplyOutcome;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.runtime.StreamTableEngine;
import dev.pgtrickle.engine.runtime.StreamTableReport;
import dev.pgtrickle.engine.verify.VerificationResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One database that is being kept current. */
public final class DatabaseRun implements AutoCloseable {
  private static final Duration LOAD_LIMIT = Duration.ofMinutes(30);

  private final StreamTableEngine engine;
  private final Terminal terminal;
  private final Patience patience;
  private final List<QualifiedName> applied = new ArrayList<>();

  private DatabaseRun(StreamTableEngine engine, Terminal terminal, Patience patience) {
    this.engine = engine;
    this.terminal = terminal;
    this.patience = patience;
  }

  /** Becomes the owner of the database, as soon as it can be reached. */
  public static DatabaseRun open(
      Engines engines, Assignment assignment, Terminal terminal, Patience patience) {
    StreamTableEngine engine =
        patience.insist(() -> engines.own(assignment.target(), new EventLines(terminal)));
    return new DatabaseRun(engine, terminal, patience);
  }

  /**
   * Creates or changes the tables, beside each other, and waits until all are as wanted; returns
   * how many were refused. One whose source is missing is tried again after the others, which it
   * may read.
   */
  public int apply(List<Manifests.Declared> tables) {
    int refused = 0;
    List<Manifests.Declared> left = tables;
    while (!left.isEmpty()) {
      Map<Manifests.Declared, TrickleException> failures = applied(left);
      boolean progress = failures.size() < left.size();
      List<Manifests.Declared> early = new ArrayList<>();
      for (Map.Entry<Manifests.Declared, TrickleException> failure : failures.entrySet()) {
        if (progress && failure.getValue().code() == ErrorCode.SOURCE_MISSING) {
          early.add(failure.getKey());
        } else {
          refused++;
          complain(failure.getKey(), failure.getValue());
        }
      }
      left = early;
    }
    return refused;
  }

  /** Those that were refused, and why. */
  private Map<Manifests.Declared, TrickleException> applied(List<Manifests.Declared> tables) {
    Map<Manifests.Declared, TrickleException> refused = new LinkedHashMap<>();
    Map<Manifests.Declared, ApplyOutcome> accepted = new LinkedHashMap<>();
    for (Manifests.Declared declared : tables) {
      StreamTableDefinition definition = declared.table().definition();
      try {
        ApplyOutcome outcome = patience.insist(() -> engine.apply(definition));
        refuse(definition, outcome);
        accepted.put(declared, outcome);
      } catch (TrickleException failure) {
        refused.put(declared, failure);
      }
    }
    for (Map.Entry<Manifests.Declared, ApplyOutcome> entry : accepted.entrySet()) {
      QualifiedName relation = entry.getKey().table().definition().relation();
      try {
        patience.insist(() -> engine.await(relation, LOAD_LIMIT));
        applied.add(relation);
        terminal.say(relation + " " + sentence(entry.getValue()));
      } catch (TrickleException failure) {
        refused.put(entry.getKey(), failure);
      }
    }
    return refused;
  }

  private void complain(Manifests.Declared declared, TrickleException failure) {
    terminal.complain(
        declared.place()
            + ": "
            + declared.table().definition().relation()
            + ": "
            + failure.oneLine());
  }

  private static void refuse(StreamTableDefinition definition, ApplyOutcome outcome) {
    switch (outcome) {
      case ApplyOutcome.Conflict conflict ->
          throw TrickleException.of(
              ErrorCode.CONFLICT,
              "the relation %s is already managed by %s"
                  .formatted(definition.relation(), conflict.owner()),
              "give one of the two another table name");
      case ApplyOutcome.ObjectExists exists ->
          throw TrickleException.of(
              ErrorCode.OBJECT_EXISTS,
              "there is already a relation %s that is not a stream table"
                  .formatted(definition.relation()),
              "rename or drop it, or give the stream table another name (spec.table.name)");
      case ApplyOutcome.AdoptionRefused refused ->
          throw TrickleException.of(
              ErrorCode.CONFLICT,
              "the relation %s was left by %s".formatted(definition.relation(), refused.previous()),
              "take it over with spec.adoptionPolicy: IfOrphaned, or choose another table name");
      case ApplyOutcome.AwaitingOwner awaited ->
          throw TrickleException.of(
              ErrorCode.OBJECT_CHANGED,
              "the relation %s is just being given up by %s"
                  .formatted(definition.relation(), awaited.owner()),
              "it is tried again by itself");
      case ApplyOutcome.ChangeRejected rejected ->
          throw TrickleException.of(
              ErrorCode.CHANGE_REJECTED,
              "the query of %s may not be changed: %s"
                  .formatted(definition.relation(), rejected.pending().summary()),
              "put the old query back, or set spec.onQueryChange");
      case ApplyOutcome.Created _,
          ApplyOutcome.Unchanged _,
          ApplyOutcome.Changed _,
          ApplyOutcome.Adopted _,
          ApplyOutcome.Renamed _,
          ApplyOutcome.AwaitingApproval _ -> {}
    }
  }

  /** Why nobody keeps the tables current any more, when that is so. */
  public Optional<TrickleException> ended() {
    return engine.ended();
  }

  public List<StreamTableReport> report() {
    return engine.report();
  }

  /** Brings every applied table up to date. */
  public void refreshAll(Duration limit) {
    for (QualifiedName relation : applied) {
      patience.insist(() -> engine.refresh(relation, Optional.empty(), limit));
    }
  }

  /** Compares every applied table with its query. */
  public List<VerificationResult> verifyAll() {
    return applied.stream()
        .map(relation -> patience.insist(() -> engine.verify(relation)))
        .toList();
  }

  @Override
  public void close() {
    engine.close();
  }

  private static String sentence(ApplyOutcome outcome) {
    return switch (outcome) {
      case ApplyOutcome.Created _ -> "created and loaded";
      case ApplyOutcome.Renamed renamed ->
          "created and loaded; what was there is " + renamed.keptAs() + " now";
      case ApplyOutcome.Unchanged _ -> "is there already";
      case ApplyOutcome.Changed changed ->
          switch (changed.extent()) {
            case SETTINGS -> "changed";
            case ROWS -> "changed and loaded anew";
          };
      case ApplyOutcome.Adopted _ -> "taken up where it was left";
      case ApplyOutcome.AwaitingApproval waiting ->
          "keeps its old query until spec.approvedDefinition is " + waiting.pending().hash();
      case ApplyOutcome.ChangeRejected _,
          ApplyOutcome.Conflict _,
          ApplyOutcome.ObjectExists _,
          ApplyOutcome.AdoptionRefused _,
          ApplyOutcome.AwaitingOwner _ ->
          throw new IllegalStateException("refused outcomes are no news");
    };
  }
}
