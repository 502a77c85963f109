package dev.pgtrickle.testbed.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgtrickle.testbed.kubernetes.binaries.ControlPlaneProgram;
import dev.pgtrickle.testbed.machine.FreePort;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ControlPlaneTest {
  private static final List<ControlPlaneProgram> SERVERS =
      List.of(
          ControlPlaneProgram.ETCD,
          ControlPlaneProgram.KUBE_APISERVER,
          ControlPlaneProgram.KUBE_CONTROLLER_MANAGER);

  /** Starts a control plane, tells where it is, and waits to be killed. */
  static final class Victim {
    public static void main(String[] arguments) throws Exception {
      ControlPlane plane = ControlPlane.builder().progress(System.err::println).start();
      SERVERS.forEach(server -> System.out.println(plane.processId(server)));
      System.out.println(plane.kubeconfigFile());
      Thread.sleep(Long.MAX_VALUE);
    }
  }

  @Test
  void objectsAreKeptAndServedByKubectlToo() {
    try (TestNamespace namespace = TestControlPlane.namespace("objects")) {
      namespace.client().resource(configMap(namespace.name(), "greeting")).create();
      var outcome =
          namespace
              .controlPlane()
              .kubectl()
              .run("get", "configmap", "greeting", "-n", namespace.name(), "-o", "name");
      assertThat(outcome.output()).isEqualTo("configmap/greeting");
      var applied =
          namespace
              .controlPlane()
              .kubectl()
              .runWithInput(
                  """
                  {"apiVersion": "v1", "kind": "ConfigMap",
                   "metadata": {"name": "piped", "namespace": "%s"}}
                  """
                      .formatted(namespace.name()),
                  "apply",
                  "--server-side",
                  "-f",
                  "-");
      assertThat(applied.output()).isEqualTo("configmap/piped serverside-applied");
      assertThat(namespace.controlPlane().kubectl().run("version").output())
          .contains("Server Version: v1.");
    }
  }

  @Test
  void whatBelongsToADeletedOwnerIsCollected() throws Exception {
    try (TestNamespace namespace = TestControlPlane.namespace("owner")) {
      KubernetesClient client = namespace.client();
      ConfigMap owner = client.resource(configMap(namespace.name(), "owner")).create();
      var owned =
          client.resource(
              new ConfigMapBuilder(configMap(namespace.name(), "owned"))
                  .editMetadata()
                  .addNewOwnerReference()
                  .withApiVersion("v1")
                  .withKind("ConfigMap")
                  .withName("owner")
                  .withUid(owner.getMetadata().getUid())
                  .endOwnerReference()
                  .endMetadata()
                  .build());
      owned.create();
      client.resource(owner).delete();
      await(() -> owned.get() == null, Duration.ofSeconds(30));
    }
  }

  @Test
  void aDeletedNamespaceEndsWithAllThatIsInIt() throws Exception {
    TestNamespace namespace = TestControlPlane.namespace("end");
    KubernetesClient client = namespace.client();
    var content = client.resource(configMap(namespace.name(), "content"));
    content.create();
    namespace.close();
    await(
        () -> client.namespaces().withName(namespace.name()).get() == null, Duration.ofSeconds(60));
    assertThat(content.get()).isNull();
  }

  @Test
  void aServiceAccountMayDoWhatItsRolesSayAndNothingElse() {
    try (TestNamespace namespace = TestControlPlane.namespace("rights")) {
      grantReadingOfConfigMaps(namespace);
      String kubeconfig =
          namespace.controlPlane().serviceAccountKubeconfig(namespace.name(), "reader");
      try (KubernetesClient reader =
          new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeconfig)).build()) {
        assertThat(reader.configMaps().inNamespace(namespace.name()).list().getItems())
            .extracting(map -> map.getMetadata().getName())
            .contains("readable");
        assertThatThrownBy(() -> reader.resource(configMap(namespace.name(), "new")).create())
            .isInstanceOfSatisfying(
                KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(403));
        assertThatThrownBy(() -> reader.secrets().inNamespace(namespace.name()).list())
            .isInstanceOfSatisfying(
                KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(403));
      }
    }
  }

  @Test
  void theAuditLogTellsWhoDidWhat() throws Exception {
    try (TestNamespace namespace = TestControlPlane.namespace("audit")) {
      namespace.client().resource(configMap(namespace.name(), "audited")).create();
      Path log = namespace.controlPlane().auditLog();
      await(
          () ->
              Files.exists(log)
                  && Files.readAllLines(log).stream()
                      .anyMatch(line ->
                          line.contains("\"verb\":\"create\"")
                              && line.contains("\"name\":\"audited\"")
                              && line.contains("\"username\":\"administrator\"")),
          Duration.ofSeconds(40));
    }
  }

  @Test
  void closingLeavesNothing() {
    Instant before = Instant.now();
    ControlPlane plane = ControlPlane.builder().progress(System.err::println).start();
    System.err.println(
        "control plane ready after " + Duration.between(before, Instant.now()).toMillis() + " ms");
    List<Long> processes = SERVERS.stream().map(plane::processId).toList();
    Path kubeconfig = plane.kubeconfigFile();
    assertThat(kubeconfig).exists();
    assertThat(processes).allSatisfy(id -> assertThat(isAlive(id)).isTrue());
    plane.close();
    plane.close();
    assertThat(processes).allSatisfy(id -> assertThat(isAlive(id)).isFalse());
    assertThat(kubeconfig.getParent()).doesNotExist();
  }

  @Test
  void aPortThatSomebodyTookMeanwhileIsNotWaitedFor() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      // The last of the four ports of the first attempt is the controllers'.
      AtomicInteger asked = new AtomicInteger();
      try (ControlPlane plane =
          ControlPlane.builder()
              .ports(() -> asked.incrementAndGet() == 4 ? taken.getLocalPort() : FreePort.find())
              .start()) {
        assertThat(SERVERS)
            .allSatisfy(server -> assertThat(isAlive(plane.processId(server))).isTrue());
        assertThat(asked).hasValue(8);
      }
    }
  }

  @Test
  void nothingOutlivesAKilledProcess() throws Exception {
    Process victim =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output = victim.inputReader()) {
      List<Long> processes = new ArrayList<>();
      for (int i = 0; i < SERVERS.size(); i++) {
        processes.add(Long.parseLong(output.readLine()));
      }
      Path directory = Objects.requireNonNull(Path.of(output.readLine()).getParent());
      assertThat(processes).allSatisfy(id -> assertThat(isAlive(id)).isTrue());
      victim.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
      await(() -> processes.stream().noneMatch(ControlPlaneTest::isAlive), Duration.ofSeconds(10));
      // The files go when the next one is started, by whichever process of this user.
      ControlPlaneFiles.create().discard();
      assertThat(directory).doesNotExist();
    } finally {
      victim.destroyForcibly();
    }
  }

  private static void grantReadingOfConfigMaps(TestNamespace namespace) {
    KubernetesClient client = namespace.client();
    client.resource(configMap(namespace.name(), "readable")).create();
    client
        .resource(
            new ServiceAccountBuilder()
                .withNewMetadata()
                .withName("reader")
                .withNamespace(namespace.name())
                .endMetadata()
                .build())
        .create();
    client
        .resource(
            new RoleBuilder()
                .withNewMetadata()
                .withName("reader")
                .withNamespace(namespace.name())
                .endMetadata()
                .addNewRule()
                .withApiGroups("")
                .withResources("configmaps")
                .withVerbs("get", "list")
                .endRule()
                .build())
        .create();
    client
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withName("reader")
                .withNamespace(namespace.name())
                .endMetadata()
                .withNewRoleRef()
                .withApiGroup("rbac.authorization.k8s.io")
                .withKind("Role")
                .withName("reader")
                .endRoleRef()
                .addNewSubject()
                .withKind("ServiceAccount")
                .withName("reader")
                .withNamespace(namespace.name())
                .endSubject()
                .build())
        .create();
  }

  private static ConfigMap configMap(String namespace, String name) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .endMetadata()
        .withData(Map.of("a", "b"))
        .build();
  }

  private static boolean isAlive(long id) {
    return ProcessHandle.of(id).filter(ProcessHandle::isAlive).isPresent();
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition, Duration patience) throws Exception {
    Instant deadline = Instant.now().plus(patience);
    while (!condition.holds()) {
      assertThat(Instant.now()).isBefore(deadline);
      Thread.sleep(50);
    }
  }
}
