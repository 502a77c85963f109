package dev.pgtrickle.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.cli.CommandRun;
import dev.pgtrickle.cli.ExitCodes;
import dev.pgtrickle.cli.engine.DirectEngines;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import dev.pgtrickle.testbed.postgres.TestServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** From manifests to tables in a real database. */
class RunOnceTest {
  private static final String ORDERS =
      "CREATE TABLE orders (id bigint PRIMARY KEY, customer_id int NOT NULL, amount numeric(10,2))";
  private static final String ROWS =
      "INSERT INTO orders SELECT id, id % 3, id FROM generate_series(1, 9) AS id";
  private static final String TABLES =
      """
      apiVersion: pgtrickle.dev/v1alpha1
      kind: StreamTable
      metadata: {name: order-totals}
      spec:
        %1$s
        database: %2$s
        query: SELECT customer_id, count(*) AS orders, sum(amount) AS total FROM orders GROUP BY 1
        schedule: {manual: {}}
      ---
      apiVersion: pgtrickle.dev/v1alpha1
      kind: StreamTable
      metadata: {name: big-orders}
      spec:
        %1$s
        database: %2$s
        query: SELECT id, amount FROM orders WHERE amount > 5
        refresh: {mode: Full}
      """;

  @TempDir private Path directory;

  @ParameterizedTest
  @MethodSource("dev.pgtrickle.testbed.postgres.TestServers#versions")
  void everyTableIsCreatedRefreshedAndFoundExact(PostgresVersion version) throws Exception {
    try (TestDatabase database = TestDatabase.create(version)) {
      database.execute(ORDERS, ROWS);
      Path manifests = manifests(TABLES.formatted("cluster: {name: pg}", database.name()));

      CommandRun first = once("-f", manifests.toString(), "--pg", urlOf(database));
      database.execute("DELETE FROM orders WHERE customer_id = 1", "UPDATE orders SET amount = 7");
      CommandRun second = once("-f", manifests.toString(), "--pg", urlOf(database));

      assertThat(first.exitCode()).as(first.err()).isEqualTo(ExitCodes.OK);
      assertThat(first.errLines())
          .containsExactly(
              "public.order_totals created and loaded", "public.big_orders created and loaded");
      assertThat(second.exitCode()).as(second.err()).isEqualTo(ExitCodes.OK);
      assertThat(second.outLines())
          .contains(
              "public.order_totals  Exact       2        0        0",
              "public.big_orders    Exact       6        0        0");
      assertThat(database.queryText("SELECT sum(total) FROM order_totals")).isEqualTo("42.00");
    }
  }

  @Test
  void aTableMayComeBeforeTheOneThatItReads() throws Exception {
    try (TestDatabase database = TestDatabase.create(TestServers.newest())) {
      database.execute(ORDERS, ROWS);
      Path manifests =
          manifests(
              """
              apiVersion: pgtrickle.dev/v1alpha1
              kind: StreamTable
              metadata: {name: best-customers}
              spec:
                cluster: {name: pg}
                database: %s
                query: SELECT customer_id, total FROM order_totals WHERE total > 13
                schedule: {manual: {}}
              ---
              """
                      .formatted(database.name())
                  + TABLES.formatted("cluster: {name: pg}", database.name()));

      CommandRun first = once("-f", manifests.toString(), "--pg", urlOf(database));
      database.execute("DELETE FROM orders WHERE id = 9", "INSERT INTO orders VALUES (10, 1, 3)");
      CommandRun second = once("-f", manifests.toString(), "--pg", urlOf(database));

      assertThat(first.exitCode()).as(first.err()).isEqualTo(ExitCodes.OK);
      assertThat(first.errLines())
          .containsExactly(
              "public.order_totals created and loaded",
              "public.big_orders created and loaded",
              "public.best_customers created and loaded");
      assertThat(second.exitCode()).as(second.err()).isEqualTo(ExitCodes.OK);
      assertThat(
              database.queryText(
                  "SELECT string_agg(customer_id || ': ' || total, ', ' ORDER BY customer_id) FROM best_customers"))
          .isEqualTo("1: 15.00, 2: 15.00");
    }
  }

  @Test
  void aConnectionIsFoundThroughItsSecretWhoseValuesAreNeverShown() throws Exception {
    try (TestDatabase database = TestDatabase.create(TestServers.newest())) {
      database.execute(ORDERS, ROWS);
      Path manifests =
          manifests(
              TABLES.formatted("connection: {secretRef: {name: pg}}", database.name())
                  + """
                  ---
                  apiVersion: v1
                  kind: Secret
                  metadata: {name: pg, labels: {pgtrickle.dev/connection: "true"}}
                  stringData:
                    host: 127.0.0.1
                    port: "%d"
                    username: %s
                    password: geheim
                  """
                      .formatted(database.server().port(), database.user()));
      CommandRun run = once("-f", manifests.toString());
      assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCodes.OK);
      assertThat(run.out() + run.err()).doesNotContain("geheim");
    }
  }

  @Test
  void aQueryThatIsNotSupportedIsNamedAndTheOthersAreServed() throws Exception {
    try (TestDatabase database = TestDatabase.create(TestServers.newest())) {
      database.execute(ORDERS, ROWS);
      Path manifests =
          manifests(
              TABLES
                  .formatted("cluster: {name: pg}", database.name())
                  .replace("WHERE amount > 5", "WHERE amount > 5 FOR UPDATE"));
      CommandRun run = once("-f", manifests.toString(), "--pg", urlOf(database));
      assertThat(run.exitCode()).isEqualTo(ExitCodes.FAILED);
      assertThat(run.errLines())
          .contains("public.order_totals created and loaded")
          .anySatisfy(line ->
              assertThat(line)
                  .startsWith(manifests + ":12:12: public.big_orders: ")
                  .contains("Unsupported: "));
      assertThat(run.outLines()).contains("public.order_totals  Exact       3        0        0");
    }
  }

  @Test
  void aWrongPasswordOrUserIsOneLine() throws Exception {
    try (TestDatabase database = TestDatabase.create(TestServers.newest())) {
      Path manifests = manifests(TABLES.formatted("cluster: {name: pg}", database.name()));
      CommandRun run =
          once(
              "-f",
              manifests.toString(),
              "--pg",
              "postgresql://nobody_here:geheim@127.0.0.1:" + database.server().port() + "/x");
      assertThat(run.exitCode()).isEqualTo(ExitCodes.FAILED);
      assertThat(run.errLines())
          .singleElement()
          .satisfies(line ->
              assertThat(line).startsWith("AuthenticationFailed: ").doesNotContain("geheim"));
    }
  }

  @Test
  void aSuperuserIsRefused() throws Exception {
    try (TestDatabase database = TestDatabase.create(TestServers.newest())) {
      Path manifests = manifests(TABLES.formatted("cluster: {name: pg}", database.name()));
      CommandRun run = once("-f", manifests.toString(), "--pg", database.jdbcUrl("postgres"));
      assertThat(run.exitCode()).isEqualTo(ExitCodes.FAILED);
      assertThat(run.err()).startsWith("PermissionDenied: ").contains("SUPERUSER");
    }
  }

  private Path manifests(String text) throws Exception {
    return Files.writeString(directory.resolve("tables.yaml"), text);
  }

  private static String urlOf(TestDatabase database) {
    return database.jdbcUrl();
  }

  private static CommandRun once(String... words) {
    String[] all = new String[words.length + 2];
    all[0] = "run";
    all[1] = "--once";
    System.arraycopy(words, 0, all, 2, words.length);
    return CommandRun.of(new DirectEngines("test"), Map.of(), all);
  }
}
