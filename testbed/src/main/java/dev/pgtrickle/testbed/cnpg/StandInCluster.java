package dev.pgtrickle.testbed.cnpg;

import dev.pgtrickle.testbed.cnpg.timeline.RecordedTimeline;
import dev.pgtrickle.testbed.machine.Patience;
import dev.pgtrickle.testbed.postgres.EmbeddedPostgres;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import java.util.function.BooleanSupplier;

/**
 * A Cluster whose controller is a stand-in: its servers are real, its status is played from
 * recordings. Each method that changes it returns when the timeline has been played to its end.
 */
public final class StandInCluster {
  private static final Patience COLLECTION_PATIENCE = new Patience(Duration.ofSeconds(90));

  private final ClusterResource resource;
  private final ClusterController controller;
  private final Path authorityFile;

  StandInCluster(ClusterResource resource, ClusterController controller, Path authorityFile) {
    this.resource = resource;
    this.controller = controller;
    this.authorityFile = authorityFile;
  }

  /**
   * How a Cluster went.
   *
   * @param asked when its deletion was asked for
   * @param stopped when its servers were gone
   * @param secretsGone when the garbage collector had deleted its Secrets
   * @param servicesGone when it had deleted its Services
   */
  public record Deletion(
      Instant asked, Instant stopped, Instant secretsGone, Instant servicesGone) {}

  /** The name of the Cluster. */
  public String name() {
    return resource.name();
  }

  /** The namespace of the Cluster. */
  public String namespace() {
    return resource.namespace();
  }

  /** The name under which clients call the primary, as the server's certificate has it. */
  public String host() {
    return spec().identity().host();
  }

  /** PostgreSQL's own port, unless no loopback address had it free. */
  public int port() {
    return controller.address().port();
  }

  /** The server that is the primary now, for what its superuser has to do; do not stop it. */
  public EmbeddedPostgres primary() {
    return controller.stage().instances().primary();
  }

  /** The certificate authority, as PEM. */
  public String authority() {
    return controller.authority();
  }

  /** The application's password. */
  public String applicationPassword() {
    return controller.stage().logins().applicationPassword();
  }

  /** A URL that verifies the server's certificate and name, without a login. */
  public String jdbcUrl() {
    return "jdbc:postgresql://%s:%d/%s?sslmode=verify-full&sslrootcert=%s&connectTimeout=5"
        .formatted(host(), port(), spec().database(), authorityFile);
  }

  /** Connects as the application does: by the service, TLS and a password. */
  public Connection connect() throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", spec().owner());
    login.setProperty("password", applicationPassword());
    return DriverManager.getConnection(jdbcUrl(), login);
  }

  /** Another instance becomes the primary, in good order; nothing that was committed is lost. */
  public PlayedTimeline switchover() {
    requireReplica();
    return controller.play(RecordedTimeline.SWITCHOVER);
  }

  /**
   * The primary is killed, another instance becomes it. What was committed before this is called is
   * kept; later commits may be lost, as with any asynchronous replication.
   */
  public PlayedTimeline failover() {
    requireReplica();
    return controller.play(RecordedTimeline.FAILOVER);
  }

  /** All instances are taken out of service, by the annotation. */
  public PlayedTimeline fence() {
    resource.annotate(ClusterWish.FENCED, "[\"*\"]");
    return controller.settlePlaying();
  }

  /** And back. */
  public PlayedTimeline unfence() {
    resource.annotate(ClusterWish.FENCED, null);
    return controller.settlePlaying();
  }

  /** All instances are stopped, by the annotation; the data is kept. */
  public PlayedTimeline hibernate() {
    resource.annotate(ClusterWish.HIBERNATION, "on");
    return controller.settlePlaying();
  }

  /** And back. */
  public PlayedTimeline wake() {
    resource.annotate(ClusterWish.HIBERNATION, "off");
    return controller.settlePlaying();
  }

  /** The Cluster is deleted, and with it, by the garbage collector, its Secrets and Services. */
  public Deletion delete() {
    Instant asked = Instant.now();
    KubernetesClient client = resource.client();
    resource.delete();
    controller.settle();
    Instant stopped = Instant.now();
    var secret = client.secrets().inNamespace(namespace()).withName(name() + "-app");
    var service = client.services().inNamespace(namespace()).withName(name() + "-rw");
    Instant secretsGone = await("the Secrets are gone", () -> secret.get() == null);
    Instant servicesGone = await("the Services are gone", () -> service.get() == null);
    return new Deletion(asked, stopped, secretsGone, servicesGone);
  }

  private ClusterSpec spec() {
    return controller.stage().spec();
  }

  private void requireReplica() {
    if (spec().instances() < 2) {
      throw new IllegalStateException(
          "A cluster of one instance cannot change its primary: create it with two.");
    }
  }

  private static Instant await(String what, BooleanSupplier condition) {
    COLLECTION_PATIENCE.await(what, condition);
    return Instant.now();
  }
}
