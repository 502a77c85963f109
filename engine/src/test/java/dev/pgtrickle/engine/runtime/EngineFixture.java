package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.definition.Fallback;
import dev.pgtrickle.engine.definition.Limits;
import dev.pgtrickle.engine.definition.Origin;
import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.definition.Schedule;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.definition.Wake;
import dev.pgtrickle.engine.postgres.ConnectionTarget;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.SqlSession;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A database with an engine in it, and an oracle of its own. */
final class EngineFixture implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(30);

  final TestDatabase database;
  final List<EngineEvent> events = java.util.Collections.synchronizedList(new ArrayList<>());
  private @Nullable StreamTableEngine engine;

  EngineFixture(PostgresVersion version) throws SQLException {
    this(TestDatabase.create(version));
  }

  EngineFixture(TestDatabase database) {
    this.database = database;
  }

  ConnectionTarget target() {
    return new ConnectionTarget(database.jdbcUrl(), database.user(), "");
  }

  StreamTableEngine start() {
    return start(EngineRules.standard());
  }

  StreamTableEngine start(EngineRules rules) {
    return start(target(), rules);
  }

  StreamTableEngine start(ConnectionTarget target, EngineRules rules) {
    StreamTableEngine started =
        StreamTableEngines.open(
            target,
            new EngineOptions("test", "test", 2, Duration.ofMillis(100), Duration.ofSeconds(1)),
            events::add,
            rules);
    engine = started;
    return started;
  }

  StreamTableEngine engine() {
    if (engine == null) {
      throw new IllegalStateException("not started");
    }
    return engine;
  }

  /** Applies a definition and waits until readers have its rows. */
  StreamTableReport bring(StreamTableDefinition definition) {
    engine().apply(definition);
    return engine().await(definition.relation(), PATIENCE);
  }

  /** A table that is refreshed on request only. */
  StreamTableDefinition manual(String name, String query) {
    return definition(name, query, new Schedule.Manual(), RefreshMode.AUTO);
  }

  StreamTableDefinition definition(String name, String query, Schedule schedule, RefreshMode mode) {
    return new StreamTableDefinition(
        QualifiedName.of("public", name),
        query,
        mode,
        Fallback.ALLOW,
        schedule,
        Wake.AUTO,
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        Limits.defaults(),
        StreamTableDefinition.Activity.ACTIVE,
        new Origin("test", name, "uid-" + name));
  }

  RefreshReport refresh(String name) {
    return engine().refresh(QualifiedName.of("public", name), Optional.empty(), PATIENCE);
  }

  RefreshReport refresh(String name, Duration patience) {
    return engine().refresh(relation(name), Optional.empty(), patience);
  }

  RefreshReport refreshFully(String name) {
    return engine()
        .refresh(QualifiedName.of("public", name), Optional.of(RefreshMode.FULL), PATIENCE);
  }

  /** How many rows differ between the stream table and a query, as multisets of images. */
  long differences(String name, String query) throws SQLException {
    return database.queryLong(
        """
        SELECT coalesce(sum(abs(weight)), 0) FROM (
          SELECT sum(side) AS weight FROM (
            SELECT record_send(s) AS image, 1 AS side FROM (SELECT * FROM public.%s) AS s
            UNION ALL
            SELECT record_send(q), -1 FROM (%s) AS q
          ) AS signed GROUP BY image HAVING sum(side) <> 0
        ) AS difference\
        """
            .formatted(name, query));
  }

  /** The same for a table of which only some columns are visible yet. */
  long differencesOfCounts() throws SQLException {
    return database.queryLong(
        """
        SELECT count(*) FROM (
          (SELECT branch, n FROM public.totals
           EXCEPT ALL SELECT branch, count(*) FROM public.entry GROUP BY branch)
          UNION ALL
          (SELECT branch, count(*) FROM public.entry GROUP BY branch
           EXCEPT ALL SELECT branch, n FROM public.totals)) AS difference\
        """);
  }

  QualifiedName relation(String name) {
    return QualifiedName.of("public", name);
  }

  /** A refresh that may fail, since something is being put right. */
  void tryRefresh(String name) {
    try {
      refresh(name);
    } catch (dev.pgtrickle.engine.error.TrickleException passing) {
      events.add(new EngineEvent.Unreachable(passing));
    }
  }

  void assertExact(String name, String query) throws SQLException {
    assertThat(differences(name, query)).as("differences of %s", name).isZero();
  }

  SqlSession session() throws SQLException {
    return new SqlSession(database.connect());
  }

  /** Waits until a condition holds, or fails. */
  static void await(String what, Condition condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("never happened: " + what);
      }
      Thread.sleep(10);
    }
  }

  /** Something that may fail. */
  interface Action {
    void run() throws Exception;
  }

  /** Something that becomes true. */
  interface Condition {
    boolean holds() throws Exception;
  }

  @Override
  public void close() throws SQLException {
    if (engine != null) {
      engine.close();
    }
    database.close();
  }
}
