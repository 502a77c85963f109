package dev.pgtrickle.engine.lifecycle;

import dev.pgtrickle.engine.capture.Fingerprint;
import dev.pgtrickle.engine.capture.FingerprintScope;
import dev.pgtrickle.engine.capture.FunctionDefinitions;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.plan.MaintenancePlan;
import dev.pgtrickle.engine.postgres.DatabasePool;
import dev.pgtrickle.engine.postgres.SqlErrors;
import dev.pgtrickle.engine.source.SourceRequirement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Analyses a query so that plan and fingerprint belong together: analysed, looked at, analysed
 * again. When both analyses agree, nothing relevant changed before the look; what changes after it,
 * the refresh sees.
 */
public final class TableAnalyser {
  private static final int ATTEMPTS = 5;

  private final DatabasePool pool;
  private final PlanMaker planMaker;

  public TableAnalyser(DatabasePool pool, PlanMaker planMaker) {
    this.pool = pool;
    this.planMaker = planMaker;
  }

  /** From a definition to a plan, in a transaction of the connection that is rolled back. */
  @FunctionalInterface
  public interface PlanMaker {
    MaintenancePlan plan(Connection connection, StreamTableDefinition definition)
        throws SQLException;
  }

  public Analysis analyse(StreamTableDefinition definition) {
    try (Connection connection = pool.borrow()) {
      MaintenancePlan plan = planMaker.plan(connection, definition);
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        Analysis analysis = look(connection, plan);
        MaintenancePlan again = planMaker.plan(connection, definition);
        if (again.equals(plan)) {
          return analysis;
        }
        plan = again;
      }
    } catch (SQLException failure) {
      throw SqlErrors.translate(failure, "analysing the query of " + definition.relation());
    }
    throw TrickleException.of(
        ErrorCode.OBJECT_CHANGED,
        "the sources of %s keep changing".formatted(definition.relation()),
        "it is tried again by itself");
  }

  private static Analysis look(Connection connection, MaintenancePlan plan) throws SQLException {
    Map<Long, List<Long>> fingerprints = new HashMap<>();
    for (SourceRequirement source : plan.sources()) {
      FingerprintScope scope =
          new FingerprintScope(
              source.relationOid(),
              source.attributeNumbers(),
              plan.functions(),
              plan.types(),
              plan.views());
      fingerprints.put(source.relationOid(), fingerprint(connection, scope));
    }
    return new Analysis(plan, fingerprints, functionDefinitions(connection, plan));
  }

  private static List<Long> fingerprint(Connection connection, FingerprintScope scope)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT " + Fingerprint.expression(scope))) {
      row.next();
      return List.of((Long[]) row.getArray(1).getArray());
    }
  }

  private static Optional<String> functionDefinitions(Connection connection, MaintenancePlan plan)
      throws SQLException {
    if (plan.functions().isEmpty()) {
      return Optional.empty();
    }
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT " + FunctionDefinitions.query(plan.functions()))) {
      row.next();
      return Optional.ofNullable(row.getString(1));
    }
  }
}
