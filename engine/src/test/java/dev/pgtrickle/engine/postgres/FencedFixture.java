package dev.pgtrickle.engine.postgres;

import dev.pgtrickle.engine.catalog.CatalogMigrator;
import dev.pgtrickle.engine.catalog.Ownership;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.SqlSession;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** A migrated database with an owner, for tests of the fenced transactions. */
final class FencedFixture implements AutoCloseable {
  static final LockTimeouts STANDARD = new LockTimeouts(Duration.ofSeconds(1));

  final TestDatabase database;
  final DatabasePool pool;
  final FenceEpoch epoch;

  FencedFixture(PostgresVersion version) throws SQLException {
    database = TestDatabase.create(version);
    try (Connection connection = database.connect()) {
      new CatalogMigrator("test").migrate(connection);
      epoch = new Ownership().take(connection, "first");
    }
    pool =
        DatabasePool.open(
            target(), new PinnedSession(Duration.ofSeconds(30)), 6, NewSessionListener.none());
  }

  ConnectionTarget target() {
    return new ConnectionTarget(database.jdbcUrl(), database.user(), "");
  }

  FencedTransactions transactions() {
    return transactions(new Fence(epoch), new Prologue());
  }

  FencedTransactions transactions(Fence fence, Prologue prologue) {
    return new FencedTransactions(pool, fence, prologue, STANDARD);
  }

  LockPlan reading(String... tables) {
    return new LockPlan(
        Duration.ofMillis(500),
        List.of(),
        List.of(tables).stream().map(table -> QualifiedName.of("public", table)).toList(),
        List.of());
  }

  SqlSession session() throws SQLException {
    return new SqlSession(database.connect());
  }

  /** The number that a query gives, as the state of a refresh. */
  static StateQuery<Long> number(String query) {
    return new StateQuery<>() {
      @Override
      public String sql() {
        return "SELECT (" + query + ") AS number";
      }

      @Override
      public void bind(PreparedStatement statement, int first) {
        // No parameters.
      }

      @Override
      public Long read(ResultSet rows) throws SQLException {
        return rows.getLong("number");
      }
    };
  }

  @Override
  public void close() throws SQLException {
    pool.close();
    database.close();
  }
}
