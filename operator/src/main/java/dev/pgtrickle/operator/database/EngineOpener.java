package dev.pgtrickle.operator.database;

import dev.pgtrickle.cnpg.connection.DatabaseConnection;
import dev.pgtrickle.engine.runtime.EngineListener;
import dev.pgtrickle.engine.runtime.StreamTableEngine;

/**
 * Takes over a database and starts to work in it. May take a while; never called by a reconciler.
 */
@FunctionalInterface
public interface EngineOpener {

  StreamTableEngine open(DatabaseConnection connection, EngineListener listener);
}
