package dev.pgtrickle.e2e.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.testbed.cnpg.StandInCluster;
import dev.pgtrickle.testbed.machine.FreePort;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The operator is killed by SIGKILL between any two steps of what users do. Afterwards another one
 * brings it to the same end as if nothing had happened, and nothing is left over.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledOperatorTest {
  /** Points of creation, of change and of deletion; all of them together take ten minutes. */
  private static final List<String> SAMPLE = List.of("CAPTURED", "VIEW_DROPPED");

  private OperatorWorld world;
  private StandInCluster cluster;
  private int number;
  private @Nullable Life life;

  /** An operator that can be looked into. */
  private record Life(OperatorProcess operator, int port) {}

  @BeforeAll
  void start() {
    world = OperatorWorld.create("killed");
    cluster = world.cluster(Shop.CLUSTER, 1);
    Shop.create(cluster);
  }

  @AfterAll
  void stop() {
    end();
    world.close();
  }

  static Stream<FaultPoint> sample() {
    return FaultPoint.all().stream()
        .filter(point -> point.argument().filter(SAMPLE::contains).isPresent());
  }

  static Stream<FaultPoint> others() {
    return FaultPoint.all().stream()
        .filter(point -> point.argument().filter(SAMPLE::contains).isEmpty());
  }

  @ParameterizedTest
  @MethodSource("sample")
  void convergesWhereverItIsKilled(FaultPoint point) {
    strike(point);
  }

  @Tag("long")
  @ParameterizedTest
  @MethodSource("others")
  void convergesAtEveryOtherPointToo(FaultPoint point) {
    strike(point);
  }

  private void strike(FaultPoint point) {
    String name = "victim-" + number++;
    try {
      strike(point, name);
    } catch (AssertionError failure) {
      forget(name);
      throw failure;
    }
  }

  private void strike(FaultPoint point, String name) {
    Life victim = living();
    prepare(point, name);
    Assassin assassin = Assassin.waitAt(point, victim.operator(), victim.port());
    act(point, name);
    assertThat(assassin.await(60))
        .as("%s was never reached%n%s", point, victim.operator().log())
        .isTrue();
    victim.operator().close();
    life = null;
    OperatorProcess successor = living().operator();
    converge(point, name, successor);
    leaveNothing(name, successor);
  }

  /** The successor of one victim is the next one. */
  private Life living() {
    Life present = life;
    if (present == null) {
      int port = FreePort.find();
      present =
          new Life(
              world.operator("operator-1", Map.of(), List.of(Assassin.option(port))).awaitReady(),
              port);
      life = present;
    }
    return present;
  }

  private void prepare(FaultPoint point, String name) {
    if (point.operation() != FaultPoint.Operation.CREATE) {
      world.apply(Shop.manifest(name, Shop.QUERY, policy(point)));
      world.awaitReady(name, "Serving");
    }
  }

  private void act(FaultPoint point, String name) {
    switch (point.operation()) {
      case CREATE -> world.apply(Shop.manifest(name, Shop.QUERY, policy(point)));
      case CHANGE -> world.apply(Shop.manifest(name, Shop.WIDER, policy(point)));
      case DELETE, RETAIN -> world.kubectl("delete", "streamtable", name, "--wait=false");
    }
  }

  private void converge(FaultPoint point, String name, OperatorProcess successor) {
    switch (point.operation()) {
      case CREATE -> equal(name, Shop.QUERY, successor);
      case CHANGE -> equal(name, Shop.WIDER, successor);
      case DELETE, RETAIN -> {
        world.awaitGone(name);
        assertThat(relations(name))
            .isEqualTo(point.operation() == FaultPoint.Operation.DELETE ? "0" : "1");
      }
    }
  }

  private void equal(String name, String query, OperatorProcess successor) {
    world.awaitReady(name, "Serving");
    Shop.order(cluster, 10_000 + number);
    String relation = name.replace('-', '_');
    OperatorWorld.await(
        relation + " equals its query",
        () -> OperatorWorld.query(cluster, Shop.difference(relation, query)).equals("0"),
        successor::log);
  }

  /** Without any table of ours there is nothing that captures or keeps changes. */
  private void leaveNothing(String name, OperatorProcess cleaner) {
    if (world.table(name).isPresent() || !relations(name).equals("0")) {
      world.apply(
          Shop.manifest(
              name,
              OperatorWorld.query(
                          cluster,
                          "SELECT count(*) FROM pg_attribute WHERE attname = 'paid' AND attrelid ="
                              + " to_regclass('"
                              + name.replace('-', '_')
                              + "')")
                      .equals("0")
                  ? Shop.QUERY
                  : Shop.WIDER,
              "  deletionPolicy: Delete\n"));
      world.awaitReady(name, "Serving");
      world.kubectl("delete", "streamtable", name, "--timeout=60s");
    }
    OperatorWorld.await(
        "nothing is left", () -> leftOvers().isEmpty(), () -> leftOvers() + cleaner.log());
  }

  /** What one point leaves must not fail the next. */
  private void forget(String name) {
    end();
    if (world.table(name).isPresent()) {
      world.kubectl(
          "patch",
          "streamtable",
          name,
          "--type=merge",
          "-p",
          "{\"metadata\":{\"finalizers\":null}}");
      world.kubectl("delete", "streamtable", name, "--ignore-not-found");
    }
    OperatorWorld.tryQuery(cluster, "SELECT pgtrickle.uninstall()");
  }

  private void end() {
    Life present = life;
    life = null;
    if (present != null) {
      present.operator().kill();
      present.operator().close();
    }
  }

  private static String policy(FaultPoint point) {
    return point.operation() == FaultPoint.Operation.DELETE
        ? "  deletionPolicy: Delete\n"
        : "  deletionPolicy: Retain\n";
  }

  private String relations(String name) {
    return OperatorWorld.query(
        cluster, "SELECT count(*) FROM pg_class WHERE relname = '" + name.replace('-', '_') + "'");
  }

  private String leftOvers() {
    return OperatorWorld.query(
        cluster,
        """
        SELECT 'table ' || c.relname FROM pg_class AS c
        JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE n.nspname = 'pgtrickle_data' AND c.relkind IN ('r', 'v')
        UNION ALL
        SELECT 'trigger ' || t.tgname FROM pg_trigger AS t
        WHERE t.tgrelid = 'orders'::regclass AND NOT t.tgisinternal
        UNION ALL
        SELECT 'row ' || relation_name FROM pgtrickle.stream_table\
        """);
  }
}
