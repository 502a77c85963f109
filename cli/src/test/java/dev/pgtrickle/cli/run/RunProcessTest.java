package dev.pgtrickle.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.cli.CommandRun;
import dev.pgtrickle.cli.ExitCodes;
import dev.pgtrickle.cli.TrickleProcess;
import dev.pgtrickle.cli.engine.DirectEngines;
import dev.pgtrickle.testbed.machine.WatchedProcess;
import dev.pgtrickle.testbed.postgres.EmbeddedPostgres;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import dev.pgtrickle.testbed.postgres.TestServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code trickle run} as a process: how it lives, and how it ends. */
class RunProcessTest {
  private static final int TERMINATED = 143;

  @TempDir private Path directory;

  @Test
  void itKeepsTablesCurrentOverARestartOfTheServerAndEndsInGoodOrder() throws Exception {
    try (EmbeddedPostgres server =
            EmbeddedPostgres.builder(TestServers.newest()).setting("fsync", "off").start();
        TestDatabase database = TestDatabase.create(server)) {
      database.execute(
          "CREATE TABLE orders (id int PRIMARY KEY, amount int NOT NULL)",
          "INSERT INTO orders VALUES (1, 10)");
      try (WatchedProcess run =
          TrickleProcess.start(
              "run", "-f", manifest(database).toString(), "--pg", database.jdbcUrl())) {
        run.awaitLine(line -> line.contains("keeping 1 tables current"));
        database.execute("INSERT INTO orders VALUES (2, 20)");
        awaitTotal(database, "30");

        server.stop();
        run.awaitLine(line -> line.startsWith("DatabaseUnavailable: "));
        server.start();
        database.execute("INSERT INTO orders VALUES (3, 30)");
        awaitTotal(database, "60");
        assertThat(status(database)).contains("totals", "active").doesNotContain("no worker");

        run.terminate();
        assertThat(run.exitCode()).isEqualTo(TERMINATED);
      }
      assertThat(
              database.queryLong(
                  "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'pgtrickle%'"))
          .isZero();
      assertThat(status(database)).contains("no worker keeps these tables current");
      assertThat(database.queryText("SELECT total FROM totals")).isEqualTo("60");
    }
  }

  @Test
  void aSecondWorkerTakesTheDatabaseAndTheFirstEndsAndSaysSo() throws Exception {
    try (TestDatabase database = TestDatabase.create(TestServers.newest())) {
      database.execute("CREATE TABLE orders (id int PRIMARY KEY, amount int NOT NULL)");
      String manifest = manifest(database).toString();
      try (WatchedProcess first =
          TrickleProcess.start("run", "-f", manifest, "--pg", database.jdbcUrl())) {
        first.awaitLine(line -> line.contains("keeping 1 tables current"));
        try (WatchedProcess second =
            TrickleProcess.start("run", "-f", manifest, "--pg", database.jdbcUrl())) {
          second.awaitLine(line -> line.contains("keeping 1 tables current"));
          first.awaitLine(line -> line.startsWith("FencedOut: "));
          assertThat(first.exitCode()).isEqualTo(ExitCodes.FAILED);
          database.execute("INSERT INTO orders VALUES (1, 7)");
          awaitTotal(database, "7");
        }
      }
    }
  }

  @Test
  void theServerMayComeLaterThanTheCommand() throws Exception {
    try (EmbeddedPostgres server =
            EmbeddedPostgres.builder(TestServers.newest()).setting("fsync", "off").start();
        TestDatabase database = TestDatabase.create(server)) {
      database.execute("CREATE TABLE orders (id int PRIMARY KEY, amount int NOT NULL)");
      server.stop();
      try (WatchedProcess run =
          TrickleProcess.start(
              "run", "-f", manifest(database).toString(), "--pg", database.jdbcUrl())) {
        run.awaitLine(line -> line.endsWith("; trying again"));
        server.start();
        run.awaitLine(line -> line.equals("public.totals created and loaded"));
      }
    }
  }

  @Test
  void theDemonstrationTakesEverythingWithItThatItStarted() throws Exception {
    try (WatchedProcess run = TrickleProcess.start("run")) {
      String url =
          run.awaitLine(line -> line.startsWith("look at it: psql "))
              .replaceFirst("look at it: psql (\\S+).*", "$1");
      run.awaitLine(
          line -> line.contains(" public.revenue active, ") && line.contains("Differential"));
      CommandRun verification =
          CommandRun.of(new DirectEngines("test"), Map.of(), "verify", "--pg", url);
      assertThat(verification.exitCode()).as(verification.out()).isEqualTo(ExitCodes.OK);
      Map<Long, ProcessHandle> started = run.descendants();
      assertThat(started).isNotEmpty();

      run.terminate();

      assertThat(run.exitCode()).isEqualTo(TERMINATED);
      for (ProcessHandle process : started.values()) {
        process.onExit().get(10, TimeUnit.SECONDS);
      }
      assertThat(run.lines()).noneMatch(line -> line.contains("Internal"));
    }
  }

  private Path manifest(TestDatabase database) throws Exception {
    return Files.writeString(
        directory.resolve("totals.yaml"),
        """
        apiVersion: pgtrickle.dev/v1alpha1
        kind: StreamTable
        metadata: {name: totals}
        spec:
          cluster: {name: pg}
          database: %s
          query: SELECT count(*) AS orders, sum(amount) AS total FROM orders
          schedule: {onChange: {}}
        """
            .formatted(database.name()));
  }

  private static String status(TestDatabase database) {
    CommandRun run =
        CommandRun.of(new DirectEngines("test"), Map.of(), "status", "--pg", database.jdbcUrl());
    return run.out() + run.err();
  }

  private static void awaitTotal(TestDatabase database, String total)
      throws SQLException, InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!total.equals(database.queryText("SELECT total FROM totals"))) {
      assertThat(System.nanoTime()).as("the total is current in time").isLessThan(deadline);
      Thread.sleep(50);
    }
  }
}
