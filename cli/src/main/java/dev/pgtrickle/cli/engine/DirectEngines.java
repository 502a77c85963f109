package dev.pgtrickle.cli.engine;

import dev.pgtrickle.engine.postgres.ConnectionTarget;
import dev.pgtrickle.engine.runtime.StreamTableEngine;

/** TEMPORARY until the engine lands. */
public final class DirectEngines implements Engines {
  @Override
  public StreamTableEngine own(ConnectionTarget target) {
    throw new UnsupportedOperationException();
  }

  @Override
  public StreamTableEngine client(ConnectionTarget target) {
    throw new UnsupportedOperationException();
  }
}
