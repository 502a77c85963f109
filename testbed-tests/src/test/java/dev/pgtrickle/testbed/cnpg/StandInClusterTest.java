package dev.pgtrickle.testbed.cnpg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgtrickle.testbed.cnpg.timeline.RecordedTimeline;
import dev.pgtrickle.testbed.postgres.SqlSession;
import dev.pgtrickle.testbed.postgres.TestServers;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StandInClusterTest extends StandInWorld {
  /** Another JVM, as the operator is: it knows the names by the hosts file only. */
  static final class Client {
    public static void main(String[] arguments) throws Exception {
      System.out.println(InetAddress.getByName(arguments[0]).getHostAddress());
      try (Connection connection =
          DriverManager.getConnection(arguments[1], arguments[2], arguments[3])) {
        System.out.println(new SqlSession(connection).queryText("select current_user"));
      }
    }
  }

  @Test
  void theApplicationConnectsWithEverythingVerified() throws Exception {
    StandInCluster cluster = clusters.create("pg-main", 1);
    assertThat(cluster.host()).isEqualTo("pg-main-rw." + namespace.name() + ".svc");
    assertThat(cluster.port()).isEqualTo(5432);
    try (Connection connection = cluster.connect()) {
      SqlSession session = new SqlSession(connection);
      assertThat(session.queryText("select version from pg_stat_ssl where pid = pg_backend_pid()"))
          .isEqualTo("TLSv1.3");
      assertThat(
              session.query(
                  """
                  select rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls
                  from pg_roles where rolname = current_user
                  """))
          .containsExactly(List.of(false, false, false, false, false));
      session.execute("create table t (i int)");
    }
    String byAddress =
        cluster.jdbcUrl().replace(cluster.host(), clusters.hosts().address(cluster.host()));
    assertThatThrownBy(
            () -> DriverManager.getConnection(byAddress, "app", cluster.applicationPassword()))
        .isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> DriverManager.getConnection(cluster.jdbcUrl(), "app", "wrong"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
    String plain = cluster.jdbcUrl().replace("verify-full", "disable");
    assertThatThrownBy(
            () -> DriverManager.getConnection(plain, "app", cluster.applicationPassword()))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28000"));
    assertThatThrownBy(() -> DriverManager.getConnection(cluster.jdbcUrl(), "postgres", "x"))
        .isInstanceOf(SQLException.class);
  }

  @Test
  void anotherProcessFindsItByTheHostsFile() throws Exception {
    StandInCluster cluster = clusters.create("pg-main", 1);
    Process client =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djdk.net.hosts.file=" + clusters.hosts().file(),
                "-cp",
                System.getProperty("java.class.path"),
                Client.class.getName(),
                cluster.host(),
                cluster.jdbcUrl(),
                "app",
                cluster.applicationPassword())
            .redirectErrorStream(true)
            .start();
    String output = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(client.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(output.lines()).containsExactly(clusters.hosts().address(cluster.host()), "app");
  }

  @Test
  void secretsServicesAndStatusHaveTheShapesOfTheRealOne() {
    StandInCluster cluster = clusters.create("pg-main", 1);
    KubernetesClient client = namespace.client();
    Secret app = client.secrets().inNamespace(namespace.name()).withName("pg-main-app").get();
    assertThat(app.getType()).isEqualTo("kubernetes.io/basic-auth");
    assertThat(app.getData())
        .containsOnlyKeys(
            "dbname",
            "fqdn-jdbc-uri",
            "fqdn-uri",
            "host",
            "jdbc-uri",
            "password",
            "pgpass",
            "port",
            "uri",
            "user",
            "username");
    assertThat(value(app, "host")).isEqualTo("pg-main-rw");
    assertThat(value(app, "port")).isEqualTo(String.valueOf(cluster.port()));
    assertThat(value(app, "password")).hasSize(64).isEqualTo(cluster.applicationPassword());
    assertThat(app.getMetadata().getLabels())
        .containsEntry("cnpg.io/cluster", "pg-main")
        .containsEntry("cnpg.io/userType", "app");
    Secret authority = client.secrets().inNamespace(namespace.name()).withName("pg-main-ca").get();
    assertThat(authority.getData()).containsOnlyKeys("ca.crt", "ca.key");
    assertThat(value(authority, "ca.crt")).isEqualTo(cluster.authority());
    assertThat(client.secrets().inNamespace(namespace.name()).list().getItems())
        .extracting(secret -> secret.getMetadata().getName())
        .containsExactlyInAnyOrder(
            "pg-main-app", "pg-main-ca", "pg-main-replication", "pg-main-server");
    assertThat(client.services().inNamespace(namespace.name()).list().getItems())
        .extracting(service -> service.getMetadata().getName())
        .containsExactlyInAnyOrder("pg-main-r", "pg-main-ro", "pg-main-rw");

    GenericKubernetesResource shown = read(cluster);
    assertThat(text(shown, "phase")).isEqualTo("Cluster in healthy state");
    assertThat(text(shown, "currentPrimary")).isEqualTo("pg-main-1");
    assertThat(text(shown, "targetPrimary")).isEqualTo("pg-main-1");
    assertThat(text(shown, "timelineID")).isEqualTo("1");
    assertThat(text(shown, "writeService")).isEqualTo("pg-main-rw");
    assertThat(ClusterSpec.text(shown, "", "status", "certificates", "serverCASecret"))
        .isEqualTo("pg-main-ca");
    assertThat(conditions(shown))
        .containsExactlyInAnyOrder(
            "Initialized=True/BootstrapCompleted",
            "ConsistentSystemID=True/Unique",
            "Ready=True/ClusterIsReady",
            "ContinuousArchiving=True/ContinuousArchivingSuccess");
  }

  @Test
  void fencingLooksHealthyAndIsNot() throws Exception {
    StandInCluster cluster = clusters.create("pg-main", 2);
    execute(cluster, "create table kept (i int)");
    cluster.fence();
    assertThatThrownBy(cluster::connect)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08001"));
    GenericKubernetesResource fenced = read(cluster);
    assertThat(fenced.getMetadata().getAnnotations())
        .containsEntry("cnpg.io/fencedInstances", "[\"*\"]");
    assertThat(text(fenced, "phase")).isEqualTo("Cluster in healthy state");
    assertThat(text(fenced, "readyInstances")).isEqualTo("-");
    assertThat(conditions(fenced))
        .contains("Ready=True/ClusterIsReady", "ConsistentSystemID=False/NotFound");
    cluster.unfence();
    assertThat(query(cluster, "select count(*) from kept")).isEqualTo("0");
    assertThat(text(read(cluster), "readyInstances")).isEqualTo("2");
    assertThat(realTimeline(cluster)).isEqualTo(1);
  }

  @Test
  void hibernationByWhoeverSetsTheAnnotation() throws Exception {
    StandInCluster cluster = clusters.create("pg-main", 2);
    execute(cluster, "create table kept (i int)");
    annotate(cluster, "cnpg.io/hibernation=on");
    await(() -> conditions(read(cluster)).contains("cnpg.io/hibernation=True/Hibernated"));
    assertThatThrownBy(cluster::connect).isInstanceOf(SQLException.class);
    GenericKubernetesResource asleep = read(cluster);
    assertThat(text(asleep, "phase")).isEqualTo("Cluster in healthy state");
    assertThat(text(asleep, "currentPrimary")).isEqualTo("pg-main-1");
    assertThat(conditions(asleep)).contains("Ready=True/ClusterIsReady");
    // Already so: nothing to play, and it says so.
    assertThat(cluster.hibernate().timeline()).isEqualTo(RecordedTimeline.HIBERNATION);
    assertThat(cluster.wake().timeline()).isEqualTo(RecordedTimeline.WAKING);
    assertThat(query(cluster, "select count(*) from kept")).isEqualTo("0");
    assertThat(conditions(read(cluster)))
        .noneMatch(condition -> condition.startsWith("cnpg.io/hibernation"));
  }

  /** Last, because by then the garbage collector has learnt of the definition. */
  @Test
  @Order(Integer.MAX_VALUE)
  void deletionAndANewClusterOfThatName() throws Exception {
    StandInCluster cluster = clusters.create("pg-main", 1);
    String password = cluster.applicationPassword();
    String address = clusters.hosts().address(cluster.host());
    String url = cluster.jdbcUrl();
    StandInCluster.Deletion deletion = cluster.delete();
    // Run alone, this waits for the garbage collector, which takes up to 30 s to learn of it.
    assertThat(Duration.between(deletion.asked(), deletion.servicesGone()))
        .isLessThan(Duration.ofSeconds(60));
    assertThat(namespace.client().secrets().inNamespace(namespace.name()).list().getItems())
        .isEmpty();
    assertThatThrownBy(() -> DriverManager.getConnection(url, "app", password))
        .isInstanceOf(SQLException.class);

    StandInCluster anew = clusters.create("pg-main", 1);
    assertThat(anew.applicationPassword()).isNotEqualTo(password);
    assertThat(clusters.hosts().address(anew.host())).isEqualTo(address);
    assertThat(query(anew, "select 1")).isEqualTo("1");
  }

  @Test
  void aClusterThatSomebodyAppliesIsServed() throws Exception {
    var applied =
        namespace
            .controlPlane()
            .kubectl()
            .runWithInput(
                """
                apiVersion: postgresql.cnpg.io/v1
                kind: Cluster
                metadata: {name: shop, namespace: %s}
                spec:
                  instances: 1
                  imageName: postgresql:%d
                  enableSuperuserAccess: true
                  bootstrap: {initdb: {database: orders, owner: clerk}}
                  storage: {size: 1Gi}
                """
                    .formatted(namespace.name(), TestServers.newest().major()),
                "apply",
                "--server-side",
                "-f",
                "-");
    assertThat(applied.succeeded()).as(applied.output()).isTrue();
    StandInCluster cluster = clusters.await("shop");
    assertThat(query(cluster, "select current_user || ' in ' || current_database()"))
        .isEqualTo("clerk in orders");
    Secret superuser =
        namespace.client().secrets().inNamespace(namespace.name()).withName("shop-superuser").get();
    assertThat(value(superuser, "dbname")).isEqualTo("*");
    try (Connection connection =
        DriverManager.getConnection(cluster.jdbcUrl(), "postgres", value(superuser, "password"))) {
      assertThat(new SqlSession(connection).queryText("select current_user")).isEqualTo("postgres");
    }
  }

  @Test
  void oneInstanceCannotChangeItsPrimary() {
    StandInCluster cluster = clusters.create("pg-main", 1);
    assertThatThrownBy(cluster::failover)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("create it with two");
  }

  private static String value(Secret secret, String key) {
    return new String(
        Base64.getDecoder().decode(secret.getData().get(key)), StandardCharsets.UTF_8);
  }
}
