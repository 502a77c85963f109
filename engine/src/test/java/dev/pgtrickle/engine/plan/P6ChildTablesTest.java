package dev.pgtrickle.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.source.WindowPredicate;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * P6: a table that becomes a child of the source while a refresh runs. PostgreSQL looks children up
 * in the newest catalog, so its rows would show in a snapshot in which it was no child yet.
 */
class P6ChildTablesTest {

  @ParameterizedTest
  @MethodSource("dev.pgtrickle.testbed.postgres.TestServers#versions")
  void a_child_that_comes_after_the_snapshot_is_not_read(PostgresVersion version)
      throws SQLException {
    assertThat(storedGroups(version, statement -> statement)).isEqualTo(1);
    assertThat(storedGroups(version, statement -> statement.replace("FROM ONLY", "FROM")))
        .as("planted: without ONLY")
        .isEqualTo(3);
  }

  private static long storedGroups(PostgresVersion version, UnaryOperator<String> planted)
      throws SQLException {
    try (TestDatabase database = TestDatabase.create(version)) {
      Sessions.installSchemas(database);
      database.execute(
          "CREATE TABLE public.orders (id int, amount int)",
          "INSERT INTO public.orders VALUES (1, 10)",
          "CREATE TABLE public.archive (id int, amount int)",
          "INSERT INTO public.archive VALUES (2, 20), (3, 30)");
      try (Connection connection = Sessions.pinned(database)) {
        CapturedTable source =
            CapturedTable.capture(connection, QualifiedName.of("public", "orders"), 7);
        MaintainedQuery totals =
            MaintainedQuery.create(
                connection,
                source,
                "SELECT amount, count(*) AS n FROM public.orders GROUP BY amount",
                "totals",
                new StatementPlanner(new WindowPredicate()));
        totals.refreshFully(
            () -> database.execute("ALTER TABLE public.archive INHERIT public.orders"), planted);
        return database.queryLong("SELECT count(*) FROM " + totals.storage().quoted());
      }
    }
  }
}
