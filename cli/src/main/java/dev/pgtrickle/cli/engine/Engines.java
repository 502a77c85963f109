package dev.pgtrickle.cli.engine;

import dev.pgtrickle.engine.postgres.ConnectionTarget;
import dev.pgtrickle.engine.runtime.StreamTableEngine;

/** The ways into the engine. */
public interface Engines {

  /** Owns the database and keeps its tables current until it is closed. */
  StreamTableEngine own(ConnectionTarget target);

  /** Looks and asks; whoever owns the database does the work. */
  StreamTableEngine client(ConnectionTarget target);
}
