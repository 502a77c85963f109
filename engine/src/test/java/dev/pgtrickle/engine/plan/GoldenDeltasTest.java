package dev.pgtrickle.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.source.WindowPredicate;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.SqlSession;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The deltas of operators over two tables, as files that people review, one for each set of tables
 * that changed; and the same statements executed. Refreshed by {@code -Dgolden.update=true}.
 */
class GoldenDeltasTest {
  private static final Path DIRECTORY = Path.of("src/test/resources/golden/deltas");

  private static final String[] SCHEMA = {
    "CREATE TABLE public.orders (id bigint PRIMARY KEY, customer int, amount numeric(12,2))",
    "CREATE TABLE public.customer (id int PRIMARY KEY, region text, credit numeric)",
    "INSERT INTO public.customer SELECT n, NULLIF('r' || n % 3, 'r0'), n / 2.0 FROM generate_series(1, 9) n",
    "INSERT INTO public.orders SELECT n, NULLIF(n % 8, 0), n FROM generate_series(1, 20) n"
  };

  private static final List<String> CHANGES =
      List.of(
          "UPDATE public.orders SET customer = 4, amount = amount + 1 WHERE id % 5 = 0",
          "DELETE FROM public.customer WHERE id IN (2, 7)",
          "INSERT INTO public.customer VALUES (2, 'r2', NULL), (70, NULL, 1.00)",
          "UPDATE public.orders SET id = id + 100, customer = NULL WHERE customer = 3",
          "INSERT INTO public.orders VALUES (500, 70, 1), (501, NULL, 2)",
          "DELETE FROM public.orders",
          "INSERT INTO public.orders VALUES (1, 1, 1)");

  private static Map<String, String> shapes() {
    String joined = " JOIN public.customer AS c ON c.id = o.customer";
    return Map.of(
        "inner_join",
        "SELECT o.id, c.region, o.amount FROM public.orders AS o" + joined,
        "left_join",
        "SELECT c.id, o.id AS orders FROM public.customer AS c LEFT JOIN public.orders AS o ON o.customer ="
            + " c.id AND o.amount > c.credit",
        "full_join",
        "SELECT c.id, o.id AS orders FROM public.customer AS c FULL JOIN public.orders AS o ON o.customer ="
            + " c.id",
        "not_exists",
        "SELECT c.region FROM public.customer AS c WHERE NOT EXISTS (SELECT FROM public.orders AS o WHERE"
            + " o.customer = c.id)",
        "not_in",
        "SELECT c.id FROM public.customer AS c WHERE c.id NOT IN (SELECT o.customer FROM public.orders AS o)",
        "sums_over_join",
        "SELECT c.region, count(*) AS orders, sum(o.amount) AS total, avg(c.credit) AS credit FROM"
            + " public.orders AS o"
            + joined
            + " GROUP BY c.region",
        "extremes_over_join",
        "SELECT c.id, max(o.amount) AS most, count(*) AS n FROM public.orders AS o"
            + joined
            + " GROUP BY c.id",
        "groups_over_join",
        "SELECT c.region, array_agg(o.id ORDER BY o.id) AS all FROM public.orders AS o"
            + joined
            + " GROUP BY c.region",
        "except_all",
        "SELECT id FROM public.customer EXCEPT ALL SELECT customer FROM public.orders",
        "union_all",
        "SELECT id::bigint AS id FROM public.customer UNION ALL SELECT id FROM public.orders");
  }

  @ParameterizedTest
  @MethodSource("dev.pgtrickle.testbed.postgres.TestServers#versions")
  void deltasAreAsReviewedAndExact(PostgresVersion version) throws SQLException, IOException {
    try (TestDatabase database = TestDatabase.create(version)) {
      Sessions.installSchemas(database);
      database.execute(SCHEMA);
      try (Connection connection = Sessions.pinned(database)) {
        CapturedTable orders =
            CapturedTable.capture(connection, QualifiedName.of("public", "orders"), 1);
        CapturedTable customer =
            CapturedTable.capture(connection, QualifiedName.of("public", "customer"), 2);
        List<MaintainedQuery> shapes = new ArrayList<>();
        for (Map.Entry<String, String> shape : shapes().entrySet()) {
          MaintainedQuery maintained =
              MaintainedQuery.create(
                  connection,
                  List.of(orders, customer),
                  shape.getValue(),
                  shape.getKey(),
                  new StatementPlanner(new WindowPredicate()));
          compare(shape.getKey(), text(shape.getValue(), maintained, orders, customer));
          shapes.add(maintained);
        }
        for (int step = 0; step < CHANGES.size(); step++) {
          new SqlSession(connection).execute(CHANGES.get(step));
          for (MaintainedQuery maintained : shapes) {
            execute(maintained, step);
          }
        }
      }
    }
  }

  private static void execute(MaintainedQuery maintained, int step) throws SQLException {
    switch (step % 3) {
      case 0 -> maintained.refreshChanged();
      case 1 -> maintained.refreshLarge();
      default -> maintained.refreshSmall();
    }
    assertThat(maintained.differences())
        .as(CHANGES.get(step) + " under " + maintained.describe())
        .isEqualTo("0");
  }

  private static void compare(String shape, String text) throws IOException {
    Path file = DIRECTORY.resolve(shape + ".sql");
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(DIRECTORY);
      Files.writeString(file, text);
    }
    assertThat(text).isEqualTo(Files.readString(file));
  }

  private static String text(
      String query, MaintainedQuery maintained, CapturedTable orders, CapturedTable customer) {
    long one = orders.window().relationOid();
    long other = customer.window().relationOid();
    return "-- "
        + query
        + section(maintained, "orders changed", orders, customer, Set.of(one))
        + section(maintained, "customer changed", orders, customer, Set.of(other))
        + section(maintained, "both changed", orders, customer, Set.of(one, other));
  }

  private static String section(
      MaintainedQuery maintained,
      String name,
      CapturedTable orders,
      CapturedTable customer,
      Set<Long> changed) {
    return "\n\n-- ==== %s\n%s\n"
        .formatted(
            name,
            maintained
                .statements()
                .smallDelta(List.of(orders.window(), customer.window()), changed, RowBound.THOUSAND)
                .withClause());
  }
}
