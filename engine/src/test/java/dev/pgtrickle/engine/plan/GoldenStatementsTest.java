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
 * The generated statements of every shape, as files that people review; and the same statements
 * executed. Refreshed by {@code -Dgolden.update=true}.
 */
class GoldenStatementsTest {
  private static final Path DIRECTORY = Path.of("src/test/resources/golden");

  private static final String[] SCHEMA = {
    """
    CREATE TABLE public.orders (
      id bigint PRIMARY KEY, customer int NOT NULL, region text, amount numeric(12,2),
      quantity int, payload jsonb, paid boolean NOT NULL)
    """,
    "INSERT INTO public.orders SELECT n, n % 5, NULLIF('r' || n % 3, 'r0'), n * 1.5, n % 7,"
        + " jsonb_build_object('a', n % 2), n % 2 = 0 FROM generate_series(1, 40) AS n"
  };

  /** Changes that meet every case: new, changed, vanishing and untouched rows and groups. */
  private static final List<String> CHANGES =
      List.of(
          "INSERT INTO public.orders VALUES (100, 9, 'new', 'NaN', NULL, '{\"a\": 1.0}', true),"
              + " (101, 9, NULL, 5, 5, NULL, false)",
          "UPDATE public.orders SET amount = amount + 1, payload = '{\"a\": 1.00}' WHERE id % 4 = 0",
          "UPDATE public.orders SET id = id + 1000, quantity = NULL WHERE customer = 3",
          "DELETE FROM public.orders WHERE region = 'r1' OR customer = 9",
          "UPDATE public.orders SET region = 'r2'",
          "DELETE FROM public.orders",
          "INSERT INTO public.orders VALUES (1, 1, 'a', 1, 1, '{}', true)");

  private static Map<String, String> shapes() {
    return Map.of(
        "projection_with_key",
        "SELECT id, region, amount * 2 AS doubled FROM public.orders WHERE paid",
        "projection_with_images",
        "SELECT customer, payload, amount FROM public.orders WHERE payload ? 'a'",
        "projection_by_value",
        "SELECT customer, upper(region) AS region FROM public.orders",
        "group_by_direct_key",
        "SELECT customer, count(*) AS orders, sum(amount) AS total FROM public.orders GROUP BY customer",
        "group_by_hashed_key",
        "SELECT sum(quantity) / count(*) AS mean, region FROM public.orders WHERE amount > 3"
            + " GROUP BY region, customer % 2",
        "least_and_greatest",
        "SELECT region, min(amount) AS least, max(amount) AS most FROM public.orders GROUP BY region",
        "some_groups",
        "SELECT customer, sum(amount) AS total FROM public.orders GROUP BY customer HAVING sum(quantity) > 9",
        "whole_table",
        "SELECT count(*) AS orders, count(region) AS regions, sum(quantity) AS pieces FROM public.orders");
  }

  @ParameterizedTest
  @MethodSource("dev.pgtrickle.testbed.postgres.TestServers#versions")
  void statementsAreAsReviewedAndExact(PostgresVersion version) throws SQLException, IOException {
    try (TestDatabase database = TestDatabase.create(version)) {
      Sessions.installSchemas(database);
      database.execute(SCHEMA);
      try (Connection connection = Sessions.pinned(database)) {
        CapturedTable source =
            CapturedTable.capture(connection, QualifiedName.of("public", "orders"), 7);
        List<MaintainedQuery> shapes = new ArrayList<>();
        for (Map.Entry<String, String> shape : shapes().entrySet()) {
          MaintainedQuery maintained =
              MaintainedQuery.create(
                  connection,
                  source,
                  shape.getValue(),
                  shape.getKey(),
                  new StatementPlanner(new WindowPredicate()));
          compare(shape.getKey(), text(shape.getValue(), maintained, source));
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
      case 0 -> maintained.refreshSmall();
      case 1 -> maintained.refreshLarge();
      default -> maintained.refreshFully();
    }
    String place = CHANGES.get(step) + " under " + maintained.describe();
    assertThat(maintained.differences()).as(place).isEqualTo("0");
    assertThat(maintained.refreshFully())
        .as("nothing is left to do after " + place)
        .isEqualTo(new MaintainedQuery.Counts(0, 0, 0));
  }

  private static void compare(String shape, String text) throws IOException {
    Path file = DIRECTORY.resolve(shape + ".sql");
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(DIRECTORY);
      Files.writeString(file, text);
    }
    assertThat(text).isEqualTo(Files.readString(file));
  }

  private static String text(String query, MaintainedQuery maintained, CapturedTable source) {
    MaintenanceStatements statements = maintained.statements();
    StringBuilder text = new StringBuilder("-- " + query.replace("\n", " ") + "\n");
    section(text, "createStorage", statements.createStorage(), "");
    section(text, "initialLoad", List.of(), statements.initialLoad().withClause());
    section(
        text,
        "smallDelta",
        List.of(),
        statements
            .smallDelta(
                List.of(source.window()), Set.of(source.window().relationOid()), RowBound.THOUSAND)
            .withClause());
    StagedApply large =
        statements.largeDelta(List.of(source.window()), Set.of(source.window().relationOid()));
    section(text, "largeDelta", staging(large), large.apply().withClause());
    StagedApply full = statements.fullDifference();
    section(text, "fullDifference", staging(full), full.apply().withClause());
    return text.toString();
  }

  private static List<String> staging(StagedApply apply) {
    return apply.preparation().stream().map(StagingStatement::sql).toList();
  }

  private static void section(
      StringBuilder text, String name, List<String> complete, String withClause) {
    text.append("\n-- ==== ").append(name).append("\n");
    complete.forEach(statement -> text.append(statement).append(";\n"));
    if (!withClause.isEmpty()) {
      text.append(withClause).append("\n");
    }
  }
}
