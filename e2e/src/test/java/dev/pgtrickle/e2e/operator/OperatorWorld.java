package dev.pgtrickle.e2e.operator;

import dev.pgtrickle.crds.streamtable.StreamTable;
import dev.pgtrickle.testbed.cnpg.ClusterDefinitions;
import dev.pgtrickle.testbed.cnpg.Pace;
import dev.pgtrickle.testbed.cnpg.StandInCluster;
import dev.pgtrickle.testbed.cnpg.StandInClusters;
import dev.pgtrickle.testbed.cnpg.StandInSettings;
import dev.pgtrickle.testbed.kubernetes.ControlPlane;
import dev.pgtrickle.testbed.kubernetes.TestControlPlane;
import dev.pgtrickle.testbed.kubernetes.TestNamespace;
import dev.pgtrickle.testbed.machine.ExternalProgram;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.TestServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A namespace on a real control plane with the operator's definitions and rights installed as users
 * install them, Clusters by the stand-in, and operators under exactly their ServiceAccount.
 */
final class OperatorWorld implements AutoCloseable {
  static final String NAMESPACE = "pgtrickle-system";
  private static final String ACCOUNT = "pgtrickle-operator";
  private static final Path ROOT = Path.of("..");

  private final TestNamespace namespace;
  private final StandInClusters clusters;
  private final Path directory;

  private OperatorWorld(TestNamespace namespace, StandInClusters clusters, Path directory) {
    this.namespace = namespace;
    this.clusters = clusters;
    this.directory = directory;
  }

  /** The newest of the versions that are tested. */
  static OperatorWorld create(String prefix) {
    return create(prefix, Pace.BRISK);
  }

  static OperatorWorld create(String prefix, Pace pace) {
    ControlPlane plane = TestControlPlane.get();
    TestNamespace namespace = TestControlPlane.namespace(prefix);
    if (!isInstalled(plane)) {
      install(plane, namespace.name());
    }
    PostgresVersion version = TestServers.versions().getLast();
    try {
      return new OperatorWorld(
          namespace,
          StandInClusters.in(plane, namespace.name(), StandInSettings.of(version).at(pace)),
          Files.createTempDirectory("pgtrickle-operator"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** By a world of before, in the same process; what is applied last is asked for. */
  private static boolean isInstalled(ControlPlane plane) {
    return plane.client().apps().deployments().inNamespace(NAMESPACE).withName(ACCOUNT).get()
        != null;
  }

  private static void install(ControlPlane plane, String namespace) {
    ClusterDefinitions.ofCloudNativePg()
        .orElseGet(ClusterDefinitions::small)
        .installIn(plane.client());
    apply(plane, ROOT.resolve("crds").resolve("manifests"));
    apply(plane, ROOT.resolve("deploy").resolve("install.yaml"));
    awaitServed(plane, namespace);
  }

  /** A definition that is new is not served at once. */
  private static void awaitServed(ControlPlane plane, String namespace) {
    for (String kind :
        List.of(
            "clusters.postgresql.cnpg.io",
            "streamtables",
            "streamtablesnapshots",
            "streamtablerestores",
            "streamtableschedulepolicies")) {
      await(
          kind + " is served",
          () -> plane.kubectl().run("get", kind, "-n", namespace).succeeded(),
          () -> plane.kubectl().run("get", kind, "-n", namespace).output());
    }
  }

  private static void apply(ControlPlane plane, Path path) {
    ExternalProgram.Outcome outcome =
        plane
            .kubectl()
            .run("apply", "--server-side", "-f", path.toAbsolutePath().normalize().toString());
    if (!outcome.succeeded()) {
      throw new AssertionError(outcome.output());
    }
  }

  String namespace() {
    return namespace.name();
  }

  ControlPlane plane() {
    return namespace.controlPlane();
  }

  StandInCluster cluster(String name, int instances) {
    return clusters.create(name, instances);
  }

  /** The names of services that an operator knows. */
  Path hosts() {
    return clusters.hosts().file();
  }

  OperatorProcess operator() {
    return operator("operator-1", Map.of(), List.of());
  }

  OperatorProcess operator(String identity, Map<String, String> environment, List<String> options) {
    return OperatorProcess.start(
        new OperatorProcess.Start(
            plane().serviceAccountKubeconfigFile(NAMESPACE, ACCOUNT),
            clusters.hosts().file(),
            namespace(),
            identity,
            directory.resolve(identity + ".log"),
            environment,
            options));
  }

  /** Applies manifests as a user does, in this namespace. */
  void apply(String manifest) {
    ExternalProgram.Outcome outcome =
        plane()
            .kubectl()
            .runWithInput(manifest, "apply", "--server-side", "-n", namespace(), "-f", "-");
    if (!outcome.succeeded()) {
      throw new AssertionError(outcome.output());
    }
  }

  /** Runs kubectl in this namespace; it must succeed. */
  String kubectl(String... arguments) {
    String[] all = new String[arguments.length + 2];
    all[0] = "-n";
    all[1] = namespace();
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    ExternalProgram.Outcome outcome = plane().kubectl().run(all);
    if (!outcome.succeeded()) {
      throw new AssertionError(String.join(" ", arguments) + ": " + outcome.output());
    }
    return outcome.output();
  }

  Optional<StreamTable> table(String name) {
    return Optional.ofNullable(
        plane()
            .client()
            .resources(StreamTable.class)
            .inNamespace(namespace())
            .withName(name)
            .get());
  }

  /** Status, type and reason of a condition, such as {@code True Serving}; empty when absent. */
  String condition(String table, String type) {
    return table(table).map(found -> condition(found, type)).orElse("");
  }

  private static String condition(StreamTable table, String type) {
    return Optional.ofNullable(table.getStatus()).stream()
        .flatMap(status -> status.conditions().stream())
        .filter(condition -> condition.type().equals(type))
        .findFirst()
        .map(condition -> condition.status() + " " + condition.reason())
        .orElse("");
  }

  /** Waits until the table is Ready at its present generation, both in one reading. */
  void awaitReady(String table, String reason) {
    await(
        "Ready " + reason,
        () -> table(table).filter(found -> isReady(found, reason)).isPresent(),
        () -> kubectl("get", "streamtable", table, "-o", "yaml"));
  }

  private static boolean isReady(StreamTable table, String reason) {
    return table.getMetadata().getGeneration().equals(table.getStatus().observedGeneration())
        && condition(table, "Ready").equals("TRUE " + reason);
  }

  void awaitCondition(String table, String type, String wanted) {
    await(
        type + " " + wanted,
        () -> condition(table, type).equals(wanted),
        () -> kubectl("get", "streamtable", table, "-o", "yaml"));
  }

  void awaitGone(String table) {
    await(
        table + " gone",
        () -> table(table).isEmpty(),
        () -> kubectl("get", "streamtable", table, "-o", "yaml"));
  }

  static void await(String what, BooleanSupplier condition, Supplier<String> seen) {
    await(what, Duration.ofSeconds(60), condition, seen);
  }

  static void await(
      String what, Duration patience, BooleanSupplier condition, Supplier<String> seen) {
    Instant deadline = Instant.now().plus(patience);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError(what + " did not come true:\n" + seen.get());
      }
      try {
        Thread.sleep(50);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new AssertionError(interrupted);
      }
    }
  }

  static void execute(StandInCluster cluster, String sql) {
    try (Connection connection = cluster.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new AssertionError(sql, failure);
    }
  }

  /** The first column of all rows, joined by blanks. */
  static String query(StandInCluster cluster, String sql) {
    try (Connection connection = cluster.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      StringBuilder text = new StringBuilder();
      while (row.next()) {
        text.append(text.isEmpty() ? "" : " ").append(row.getString(1));
      }
      return text.toString();
    } catch (SQLException failure) {
      throw new AssertionError(sql, failure);
    }
  }

  /** The result of the query while the database cannot be reached: empty. */
  static Optional<String> tryQuery(StandInCluster cluster, String sql) {
    try (Connection connection = cluster.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? Optional.of(row.getString(1)) : Optional.of("");
    } catch (SQLException failure) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    clusters.close();
    namespace.close();
  }
}
