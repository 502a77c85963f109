package dev.pgtrickle.engine.runtime;

import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.lifecycle.Brought;
import dev.pgtrickle.engine.lifecycle.Drift;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.refresh.RefreshResult;
import java.util.List;

/** What a worker tells whoever drives it, as it happens. */
public sealed interface EngineEvent {

  /** A refresh committed. */
  record Refreshed(QualifiedName relation, RefreshResult.Refreshed result) implements EngineEvent {}

  /** All that is wanted of a table is so, and it is kept current from now on. */
  record Established(QualifiedName relation, Brought.News news) implements EngineEvent {}

  /** Somebody else changed objects of ours, and that is only told (driftPolicy Report). */
  record Drifted(QualifiedName relation, List<Drift> drift) implements EngineEvent {}

  /** The same, and it was put right. */
  record DriftRepaired(QualifiedName relation, List<Drift> drift) implements EngineEvent {}

  /** Its owner left; capture and buffers are gone, the relation is still read. */
  record Retired(QualifiedName relation) implements EngineEvent {}

  /** Its owner left, and nothing of it is left. */
  record Removed(QualifiedName relation) implements EngineEvent {}

  /** A refresh failed and is tried again by itself. */
  record Failed(QualifiedName relation, TrickleException reason) implements EngineEvent {}

  /** A table stands still until a person acts. */
  record Stalled(QualifiedName relation, TrickleException reason) implements EngineEvent {}

  /** Something was put right: a capture gap, a changed source. */
  record Remedied(QualifiedName relation, String what) implements EngineEvent {}

  /** The database cannot be reached; the worker keeps trying. */
  record Unreachable(TrickleException reason) implements EngineEvent {}

  /** The worker has ended for good, for example because another one owns the database now. */
  record Ended(TrickleException reason) implements EngineEvent {}
}
