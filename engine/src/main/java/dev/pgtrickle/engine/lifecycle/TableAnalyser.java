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
import java.util.concurrent.ConcurrentHashMap;

/**
 * Analyses a query so that plan and fingerprint belong together: analysed, looked at, analysed
 * again. When both analyses agree, nothing relevant changed before the look; what changes after it,
 * the refresh sees.
 */
public final class TableAnalyser {
  private static final int ATTEMPTS = 5;

  /** Definitions that were claimed and never brought must not gather. */
  private static final int MOST_REMEMBERED = 100;

  private final DatabasePool pool;
  private final PlanMaker planMaker;
  private final Map<StreamTableDefinition, MaintenancePlan> claimed = new ConcurrentHashMap<>();

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

  /** The plan alone, which may be out of date at once: to refuse what nobody could maintain. */
  public MaintenancePlan plan(StreamTableDefinition definition) {
    try (Connection connection = pool.borrow()) {
      MaintenancePlan plan = planMaker.plan(connection, definition);
      if (claimed.size() >= MOST_REMEMBERED) {
        claimed.clear();
      }
      claimed.put(definition, plan);
      return plan;
    } catch (SQLException failure) {
      throw failure(failure, definition);
    }
  }

  /** Begins with the plan that the definition was accepted with, if that was just now. */
  public Analysis analyse(StreamTableDefinition definition) {
    try (Connection connection = pool.borrow()) {
      MaintenancePlan earlier = claimed.remove(definition);
      MaintenancePlan plan = earlier == null ? planMaker.plan(connection, definition) : earlier;
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        Analysis analysis = look(connection, plan);
        MaintenancePlan again = planMaker.plan(connection, definition);
        if (again.equals(plan)) {
          return analysis;
        }
        plan = again;
      }
    } catch (SQLException failure) {
      throw failure(failure, definition);
    }
    throw TrickleException.of(
        ErrorCode.OBJECT_CHANGED,
        "the sources of %s keep changing".formatted(definition.relation()),
        "it is tried again by itself");
  }

  private static TrickleException failure(SQLException failure, StreamTableDefinition definition) {
    return SqlErrors.translate(failure, "analysing the query of " + definition.relation());
  }

  private static Analysis look(Connection connection, MaintenancePlan plan) throws SQLException {
    Map<Long, List<Long>> fingerprints = new HashMap<>();
    for (SourceRequirement source : plan.sources()) {
      FingerprintScope scope =
          new FingerprintScope(
              source.relationOid(),
              source.extent(),
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
