package dev.pgtrickle.e2e.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.crds.streamtable.StreamTable;
import dev.pgtrickle.testbed.cnpg.StandInCluster;
import dev.pgtrickle.testbed.kubernetes.binaries.ControlPlaneProgram;
import dev.pgtrickle.testbed.machine.ExternalProgram;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A thousand StreamTables over forty sources of one database, while an application writes: what it
 * costs the API server, the operator and PostgreSQL. Prints the table of docs/benchmarks.md.
 */
@Tag("long")
class ThousandTablesTest {
  private static final int TABLES = 1_000;
  private static final int SOURCES = 40;
  private static final int OF_A_SOURCE = TABLES / SOURCES;
  private static final Duration PATIENCE = Duration.ofMinutes(8);
  private static final Duration WINDOW = Duration.ofMinutes(3);

  /** Each object at most every five minutes, and one in a while flips. */
  private static final long STATUS_WRITES_A_MINUTE = 250;

  private static final long RESIDENT_MEGABYTES = 512;

  /** Everything that is counted, at one moment. */
  private record Reading(
      Instant at,
      Duration apiServer,
      Duration etcd,
      Duration operator,
      Duration postgres,
      long statusWrites,
      long otherWrites,
      long events,
      long refreshes,
      long rows) {}

  @Test
  void aThousandTablesAreKept() {
    try (OperatorWorld world = OperatorWorld.create("thousand")) {
      StandInCluster cluster = world.cluster(Shop.CLUSTER, 1);
      sources(cluster);
      try (OperatorProcess operator = world.operator().awaitReady();
          SourceWriter writer = new SourceWriter(cluster, SOURCES).start()) {
        long idle = ProcessFigures.of(operator.pid()).residentMegabytes();
        Reading begun = read(world, cluster, operator, writer);
        world.apply(manifests());
        Duration applied = Duration.between(begun.at(), Instant.now());
        awaitAllReady(world, operator);
        Reading ready = read(world, cluster, operator, writer);
        print("until all are Ready", begun, ready);
        System.out.printf("  kubectl apply took %.1f s%n", applied.toMillis() / 1000.0);
        sleep(Duration.ofSeconds(30));

        Reading before = read(world, cluster, operator, writer);
        sleep(WINDOW);
        Reading after = read(world, cluster, operator, writer);
        print("while they are kept", before, after);
        long resident = ProcessFigures.of(operator.pid()).residentMegabytes();
        System.out.printf(
            "  operator: %d MB resident (%d MB before), heap %s%n", resident, idle, heap(operator));
        writer.stop();
        awaitAllEqual(cluster);
        deleteAll(world, cluster, operator);

        assertThat(perMinute(before, after, after.statusWrites() - before.statusWrites()))
            .isLessThan(STATUS_WRITES_A_MINUTE);
        assertThat(resident).isLessThan(RESIDENT_MEGABYTES);
      }
    }
  }

  private static void sources(StandInCluster cluster) {
    for (int source = 0; source < SOURCES; source++) {
      OperatorWorld.execute(
          cluster,
          """
          CREATE TABLE source_%1$d (
            id bigint PRIMARY KEY, customer_id int NOT NULL, amount int NOT NULL);
          INSERT INTO source_%1$d SELECT i, i %% 1000, i FROM generate_series(1, 2000) AS i\
          """
              .formatted(source));
    }
  }

  private static String manifests() {
    return IntStream.range(0, TABLES)
        .mapToObj(table ->
            Shop.manifest("kept-" + table, query(table), "  deletionPolicy: Delete\n")
                .replace("{every: 1s}", "{every: 30s}"))
        .collect(Collectors.joining("---\n"));
  }

  private static String query(int table) {
    return "SELECT customer_id, count(*) AS orders, sum(amount) AS total FROM source_%d WHERE"
            .formatted(table / OF_A_SOURCE)
        + " customer_id %% %d = %d GROUP BY customer_id"
            .formatted(OF_A_SOURCE, table % OF_A_SOURCE);
  }

  private static void awaitAllReady(OperatorWorld world, OperatorProcess operator) {
    Instant deadline = Instant.now().plus(PATIENCE);
    List<String> missing = notReady(world);
    while (!missing.isEmpty()) {
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError(
            missing.size() + " are not Ready, such as " + missing.getFirst() + operator.log());
      }
      sleep(Duration.ofSeconds(3));
      missing = notReady(world);
    }
  }

  private static List<String> notReady(OperatorWorld world) {
    return world
        .plane()
        .client()
        .resources(StreamTable.class)
        .inNamespace(world.namespace())
        .list(new ListOptionsBuilder().withResourceVersion("0").build())
        .getItems()
        .stream()
        .filter(table ->
            table.getStatus() == null
                || table.getStatus().conditions().stream()
                    .noneMatch(condition ->
                        condition.type().equals("Ready") && condition.reason().equals("Serving")))
        .map(table -> table.getMetadata().getName())
        .toList();
  }

  /** One connection: a thousand logins would be another test. */
  private static void awaitAllEqual(StandInCluster cluster) {
    Instant deadline = Instant.now().plus(Duration.ofMinutes(2));
    List<Integer> different = IntStream.range(0, TABLES).boxed().toList();
    try (Connection connection = cluster.connect();
        Statement statement = connection.createStatement()) {
      while (!different.isEmpty()) {
        List<Integer> still = new ArrayList<>();
        for (int table : different) {
          try (ResultSet row =
              statement.executeQuery(Shop.difference("kept_" + table, query(table)))) {
            row.next();
            if (row.getLong(1) != 0) {
              still.add(table);
            }
          }
        }
        different = still;
        if (!different.isEmpty() && Instant.now().isAfter(deadline)) {
          throw new AssertionError("differ from their queries: " + different);
        }
      }
    } catch (SQLException failure) {
      throw new AssertionError(failure);
    }
  }

  private static void deleteAll(
      OperatorWorld world, StandInCluster cluster, OperatorProcess operator) {
    Instant asked = Instant.now();
    // kubectl waits for each of them in turn, long after they are gone.
    world.kubectl("delete", "streamtables", "--all", "--wait=false");
    OperatorWorld.await(
        "all are gone",
        Duration.ofMinutes(5),
        () ->
            world.kubectl("get", "streamtables", "-o", "name").isEmpty()
                || world.kubectl("get", "streamtables", "-o", "name").startsWith("No resources"),
        operator::log);
    System.out.printf(
        "  deleting all took %.1f s%n", Duration.between(asked, Instant.now()).toMillis() / 1000.0);
    assertThat(
            OperatorWorld.query(
                cluster,
                "SELECT count(*) FROM pg_class AS c JOIN pg_namespace AS n ON n.oid ="
                    + " c.relnamespace WHERE c.relkind IN ('r', 'v') AND (n.nspname ="
                    + " 'pgtrickle_data' OR c.relname LIKE 'kept_%')"))
        .as(operator.log())
        .isEqualTo("0");
  }

  private static Reading read(
      OperatorWorld world, StandInCluster cluster, OperatorProcess operator, SourceWriter writer) {
    Audit audit = new Audit(world.plane().auditLog(), world.namespace());
    return new Reading(
        Instant.now(),
        ProcessFigures.of(world.plane().processId(ControlPlaneProgram.KUBE_APISERVER)).processor(),
        ProcessFigures.of(world.plane().processId(ControlPlaneProgram.ETCD)).processor(),
        ProcessFigures.of(operator.pid()).processor(),
        ProcessFigures.withChildren(cluster.primary().processId()),
        audit.statusWrites(),
        audit.otherWrites(),
        audit.eventWrites(),
        refreshes(cluster),
        writer.written());
  }

  private static long refreshes(StandInCluster cluster) {
    return OperatorWorld.tryQuery(cluster, "SELECT count(*) FROM pgtrickle.history")
        .map(Long::parseLong)
        .orElse(0L);
  }

  private static void print(String phase, Reading begun, Reading ended) {
    System.out.printf(
        """
        %s: %.1f s
          status writes %d (%d/min), other writes of StreamTables %d, events %d
          processor of one: API server %s, etcd %s, operator %s, PostgreSQL %s
          refreshes %d (%d/min), rows written %d
        """,
        phase,
        Duration.between(begun.at(), ended.at()).toMillis() / 1000.0,
        ended.statusWrites() - begun.statusWrites(),
        perMinute(begun, ended, ended.statusWrites() - begun.statusWrites()),
        ended.otherWrites() - begun.otherWrites(),
        ended.events() - begun.events(),
        share(begun, ended, begun.apiServer(), ended.apiServer()),
        share(begun, ended, begun.etcd(), ended.etcd()),
        share(begun, ended, begun.operator(), ended.operator()),
        share(begun, ended, begun.postgres(), ended.postgres()),
        ended.refreshes() - begun.refreshes(),
        perMinute(begun, ended, ended.refreshes() - begun.refreshes()),
        ended.rows() - begun.rows());
  }

  private static long perMinute(Reading begun, Reading ended, long count) {
    return count * 60_000 / Math.max(1, Duration.between(begun.at(), ended.at()).toMillis());
  }

  private static String share(Reading begun, Reading ended, Duration before, Duration after) {
    double used = after.minus(before).toMillis();
    return "%.1f %%".formatted(100 * used / Duration.between(begun.at(), ended.at()).toMillis());
  }

  /** What lives in it. */
  private static String heap(OperatorProcess operator) {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    String pid = String.valueOf(operator.pid());
    ExternalProgram.run(List.of(jcmd, pid, "GC.run"));
    return ExternalProgram.run(List.of(jcmd, pid, "GC.heap_info"))
        .output()
        .lines()
        .filter(line -> line.contains("used"))
        .findFirst()
        .map(String::strip)
        .orElse("unknown");
  }

  private static void sleep(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }
}
