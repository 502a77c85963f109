package dev.pgtrickle.operator.database;

import dev.pgtrickle.cnpg.connection.DatabaseConnection;
import dev.pgtrickle.engine.postgres.ConnectionTarget;
import dev.pgtrickle.engine.runtime.EngineListener;
import dev.pgtrickle.engine.runtime.EngineOptions;
import dev.pgtrickle.engine.runtime.StreamTableEngine;
import dev.pgtrickle.engine.runtime.StreamTableEngines;
import dev.pgtrickle.operator.configuration.OperatorIdentity;
import dev.pgtrickle.operator.configuration.OperatorSettings;
import jakarta.inject.Singleton;

/** Opens real engines. */
@Singleton
public final class StandardEngineOpener implements EngineOpener {
  private static final String PROGRAM = "pgtrickle-operator";

  private final OperatorIdentity identity;
  private final OperatorSettings settings;

  StandardEngineOpener(OperatorIdentity identity, OperatorSettings settings) {
    this.identity = identity;
    this.settings = settings;
  }

  @Override
  public StreamTableEngine open(DatabaseConnection connection, EngineListener listener) {
    EngineOptions defaults = EngineOptions.defaults(PROGRAM);
    return StreamTableEngines.open(
        new ConnectionTarget(connection.url(), connection.user(), connection.password()),
        new EngineOptions(
            PROGRAM,
            "operator " + identity.namespace() + "/" + identity.name(),
            settings.workersPerDatabase(),
            defaults.tick(),
            defaults.janitorEvery()),
        listener);
  }
}
