package dev.pgtrickle.cli.engine;

import dev.pgtrickle.engine.postgres.ConnectionTarget;
import dev.pgtrickle.engine.runtime.EngineListener;
import dev.pgtrickle.engine.runtime.StreamTableEngine;

/** The ways into the engine. */
public interface Engines {

  /** Owns the database and keeps its tables current until it is closed. */
  StreamTableEngine own(ConnectionTarget target, EngineListener listener);

  /** Looks and asks; whoever owns the database does the work. */
  DatabaseClient client(ConnectionTarget target);

  /** Looks at queries and changes nothing. */
  PreviewClient previews(ConnectionTarget target);
}
