package dev.pgtrickle.cli.run;

import dev.pgtrickle.binding.manifest.Manifests;
import dev.pgtrickle.cli.engine.Engines;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.runtime.ApplyOutcome;
import dev.pgtrickle.engine.runtime.StreamTableEngine;
import dev.pgtrickle.engine.runtime.StreamTableReport;
import dev.pgtrickle.engine.verify.VerificationResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One database that is being kept current. */
public final class DatabaseRun implements AutoCloseable {
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
    StreamTableEngine engine = patience.insist(() -> engines.own(assignment.target()));
    return new DatabaseRun(engine, terminal, patience);
  }

  /** Creates or changes the tables, one after the other; returns how many were refused. */
  public int apply(List<Manifests.Declared> tables) {
    int refused = 0;
    for (Manifests.Declared declared : tables) {
      StreamTableDefinition definition = declared.table().definition();
      try {
        ApplyOutcome outcome = patience.insist(() -> engine.apply(definition));
        applied.add(definition.relation());
        terminal.say(definition.relation() + " " + sentence(outcome));
      } catch (TrickleException failure) {
        refused++;
        terminal.complain(
            declared.place() + ": " + definition.relation() + ": " + failure.oneLine());
      }
    }
    return refused;
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
      case CREATED -> "created and loaded";
      case RESUMED -> "taken up where it was left";
      case UNCHANGED -> "is there already";
      case CHANGED -> "changed";
    };
  }
}
