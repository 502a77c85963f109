package dev.pgtrickle.cli.run;

import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.lifecycle.Brought;
import dev.pgtrickle.engine.lifecycle.Drift;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.runtime.EngineEvent;
import dev.pgtrickle.engine.runtime.EngineListener;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Tells what goes wrong or is put right, a line each; what is only repeated is told once. */
final class EventLines implements EngineListener {
  private final Terminal terminal;
  private final AtomicReference<String> told = new AtomicReference<>("");

  EventLines(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void on(EngineEvent event) {
    switch (event) {
      case EngineEvent.Refreshed _ -> told.set("");
      case EngineEvent.Established(QualifiedName _, Brought.News _) -> {}
      case EngineEvent.Drifted(QualifiedName relation, List<Drift> drift) ->
          tell(relation + " was changed by somebody else: " + drift.getFirst().message());
      case EngineEvent.DriftRepaired(QualifiedName relation, List<Drift> drift) ->
          tell(relation + " was put right: " + drift.getFirst().message());
      case EngineEvent.Retired(QualifiedName relation) ->
          tell(relation + " is kept as it is and not maintained any more");
      case EngineEvent.Removed(QualifiedName relation) -> tell(relation + " was removed");
      case EngineEvent.Failed(QualifiedName relation, TrickleException reason) ->
          tell(relation + ": " + reason.oneLine());
      case EngineEvent.Stalled(QualifiedName relation, TrickleException reason) ->
          tell(relation + " stands still: " + reason.oneLine());
      case EngineEvent.Remedied(QualifiedName relation, String what) ->
          tell(relation + ": " + what);
      case EngineEvent.Unreachable(TrickleException reason) -> tell(reason.oneLine());
      case EngineEvent.Ended(TrickleException reason) -> tell(reason.oneLine());
    }
  }

  private void tell(String line) {
    if (!told.getAndSet(line).equals(line)) {
      terminal.complain(line);
    }
  }
}
