package dev.pgtrickle.cli.engine;

import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.postgres.ConnectionTarget;
import dev.pgtrickle.engine.runtime.EngineListener;
import dev.pgtrickle.engine.runtime.StreamTableEngine;
import java.util.List;

/** The ways into the engine. */
public interface Engines {

  /** Owns the database and keeps its tables current until it is closed. */
  StreamTableEngine own(ConnectionTarget target, EngineListener listener);

  /** Looks and asks; whoever owns the database does the work. */
  DatabaseClient client(ConnectionTarget target);

  /**
   * Looks at queries and changes nothing.
   *
   * @param declared stream tables that are to be in the database; one of them could answer a query
   */
  PreviewClient previews(ConnectionTarget target, List<StreamTableDefinition> declared);
}
