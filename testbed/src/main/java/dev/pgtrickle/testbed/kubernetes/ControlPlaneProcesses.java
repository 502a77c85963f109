package dev.pgtrickle.testbed.kubernetes;

import dev.pgtrickle.testbed.kubernetes.binaries.ControlPlaneBinaries;
import dev.pgtrickle.testbed.kubernetes.binaries.ControlPlaneProgram;
import dev.pgtrickle.testbed.machine.ChildProcess;
import dev.pgtrickle.testbed.machine.TestbedException;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/** The three processes of a control plane, with the flags that fit a short life on one machine. */
final class ControlPlaneProcesses {
  static final String FIRST_SERVICE_ADDRESS = "10.96.0.1";
  private static final String SERVICE_ADDRESSES = "10.96.0.0/16";
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(50);

  private final ControlPlaneBinaries binaries;
  private final ControlPlaneFiles files;
  private final int storePort;
  private final int storePeerPort;
  private final int apiPort;
  private final int controllerPort;

  /** Not guarded as a whole: a control plane that is just starting can be ended. */
  private final Map<ControlPlaneProgram, ChildProcess> running = new ConcurrentHashMap<>();

  ControlPlaneProcesses(ControlPlaneBinaries binaries, ControlPlaneFiles files, IntSupplier ports) {
    this.binaries = binaries;
    this.files = files;
    this.storePort = ports.getAsInt();
    this.storePeerPort = ports.getAsInt();
    this.apiPort = ports.getAsInt();
    this.controllerPort = ports.getAsInt();
  }

  String url() {
    return "https://127.0.0.1:" + apiPort;
  }

  long id(ControlPlaneProgram program) {
    ChildProcess process = running.get(program);
    if (process == null) {
      throw new IllegalStateException(program.fileName() + " does not run.");
    }
    return process.id();
  }

  /** All three at once: each waits for the one it needs. */
  void start(Kubeconfigs kubeconfigs, KubernetesClient client) {
    files.write("kubeconfig", kubeconfigs.administrator());
    launch(ControlPlaneProgram.ETCD, store());
    launch(ControlPlaneProgram.KUBE_APISERVER, apiServer());
    await(() -> "ok".equals(client.raw("/readyz")));
    launch(ControlPlaneProgram.KUBE_CONTROLLER_MANAGER, controllers());
    await(() -> client.serviceAccounts().inNamespace("default").withName("default").get() != null);
  }

  /** By SIGKILL: the data is temporary, nothing is worth waiting for. */
  void kill() {
    running.values().forEach(ChildProcess::kill);
    running.clear();
  }

  private void launch(ControlPlaneProgram program, List<String> flags) {
    List<String> command = new ArrayList<>();
    command.add(binaries.program(program).toString());
    command.addAll(flags);
    running.put(
        program,
        ChildProcess.start(
            program.fileName(),
            command,
            Map.of(),
            files.logs().resolve(program.fileName() + ".log")));
  }

  private void await(BooleanSupplier ready) {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!isTrue(ready)) {
      for (ChildProcess process : running.values()) {
        if (!process.isAlive()) {
          throw new ProgramEndedException(process.name() + " ended:\n" + process.logTail());
        }
      }
      if (Instant.now().isAfter(deadline)) {
        throw new TestbedException(
            "The control plane was not ready within %s; its logs ended with:\n%s"
                .formatted(
                    PATIENCE, running.values().stream().map(ChildProcess::logTail).toList()));
      }
      pause();
    }
  }

  private static boolean isTrue(BooleanSupplier ready) {
    try {
      return ready.getAsBoolean();
    } catch (KubernetesClientException e) {
      return false;
    }
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_ATTEMPTS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TestbedException("Interrupted while the control plane was starting", e);
    }
  }

  private List<String> store() {
    String clients = "http://127.0.0.1:" + storePort;
    String peers = "http://127.0.0.1:" + storePeerPort;
    return List.of(
        "--name=store",
        "--data-dir=" + files.path("etcd"),
        "--unsafe-no-fsync",
        "--log-level=warn",
        "--listen-client-urls=" + clients,
        "--advertise-client-urls=" + clients,
        "--listen-peer-urls=" + peers,
        "--initial-advertise-peer-urls=" + peers,
        "--initial-cluster=store=" + peers);
  }

  private List<String> apiServer() {
    return List.of(
        "--etcd-servers=http://127.0.0.1:" + storePort,
        "--bind-address=127.0.0.1",
        "--advertise-address=127.0.0.1",
        "--secure-port=" + apiPort,
        // Else it wants to publish an address that is not loopback.
        "--endpoint-reconciler-type=none",
        "--authorization-mode=RBAC",
        "--service-cluster-ip-range=" + SERVICE_ADDRESSES,
        "--client-ca-file=" + files.path("authority.crt"),
        "--tls-cert-file=" + files.path("api-server.crt"),
        "--tls-private-key-file=" + files.path("api-server.key"),
        "--service-account-issuer=https://kubernetes.default.svc",
        "--service-account-key-file=" + files.path("service-accounts.pub"),
        "--service-account-signing-key-file=" + files.path("service-accounts.key"),
        "--audit-policy-file=" + files.path("audit-policy.yaml"),
        "--audit-log-path=" + files.auditLog(),
        "--audit-log-mode=blocking");
  }

  private List<String> controllers() {
    return List.of(
        "--kubeconfig=" + files.kubeconfig(),
        "--leader-elect=false",
        "--bind-address=127.0.0.1",
        "--secure-port=" + controllerPort,
        "--controllers=garbage-collector-controller,namespace-controller,"
            + "serviceaccount-controller,clusterrole-aggregation-controller",
        "--use-service-account-credentials=true",
        "--service-account-private-key-file=" + files.path("service-accounts.key"),
        "--root-ca-file=" + files.path("authority.crt"));
  }
}
