package dev.pgtrickle.testbed.kubernetes;

import dev.pgtrickle.testbed.kubernetes.binaries.ControlPlaneBinaries;
import dev.pgtrickle.testbed.kubernetes.binaries.ControlPlaneProgram;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.function.IntSupplier;

/**
 * A Kubernetes control plane of one's own on 127.0.0.1: etcd, kube-apiserver and
 * kube-controller-manager, with RBAC, admission, garbage collection and an audit log, but without
 * nodes: no pod ever runs.
 *
 * <p>It does not outlive this JVM, however that dies, and its data goes with it.
 */
public final class ControlPlane implements AutoCloseable {
  private static final int ATTEMPTS = 3;

  private final ControlPlaneBinaries binaries;
  private final ControlPlaneFiles files;
  private final ControlPlaneProcesses processes;
  private final Kubeconfigs kubeconfigs;
  private final Thread shutdownHook;
  private final KubernetesClient client;

  private ControlPlane(
      ControlPlaneBinaries binaries, ControlPlaneFiles files, ControlPlaneProcesses processes) {
    this.binaries = binaries;
    this.files = files;
    this.processes = processes;
    this.kubeconfigs = new Kubeconfigs(processes.url(), files.credentials());
    this.shutdownHook = new Thread(this::stop, "stop-control-plane");
    Runtime.getRuntime().addShutdownHook(shutdownHook);
    this.client = KubernetesClients.of(kubeconfigs.administrator());
  }

  /** Describes a control plane. */
  public static ControlPlaneBuilder builder() {
    return new ControlPlaneBuilder();
  }

  /** Another process may take a port between our look at it and our program's: others are free. */
  static ControlPlane start(ControlPlaneBinaries binaries, IntSupplier ports) {
    for (int attempt = 1; ; attempt++) {
      try {
        return startOnce(binaries, ports);
      } catch (ProgramEndedException ended) {
        if (attempt == ATTEMPTS) {
          throw ended;
        }
      }
    }
  }

  private static ControlPlane startOnce(ControlPlaneBinaries binaries, IntSupplier ports) {
    ControlPlaneFiles files = ControlPlaneFiles.create();
    ControlPlane plane =
        new ControlPlane(binaries, files, new ControlPlaneProcesses(binaries, files, ports));
    try {
      plane.processes.start(plane.kubeconfigs, plane.client);
      return plane;
    } catch (RuntimeException e) {
      plane.close();
      throw e;
    }
  }

  /** A client with all rights, closed with this control plane. */
  public KubernetesClient client() {
    return client;
  }

  /** What the administrator's client needs to connect. */
  public Config clientConfig() {
    return KubernetesClients.configOf(kubeconfigs.administrator());
  }

  /** The administrator's kubeconfig. */
  public String kubeconfig() {
    return kubeconfigs.administrator();
  }

  /** The file with the administrator's kubeconfig, which goes with this control plane. */
  public Path kubeconfigFile() {
    return files.kubeconfig();
  }

  /**
   * The kubeconfig of a ServiceAccount, by a token that is asked for: a client that uses it has
   * exactly the rights that RBAC gives this account.
   */
  public String serviceAccountKubeconfig(String namespace, String serviceAccount) {
    return kubeconfigs.withToken(
        namespace, ServiceAccountTokens.request(client, namespace, serviceAccount));
  }

  /** The same as a file, which goes with this control plane. */
  public Path serviceAccountKubeconfigFile(String namespace, String serviceAccount) {
    return files.write(
        namespace + "-" + serviceAccount + ".kubeconfig",
        serviceAccountKubeconfig(namespace, serviceAccount));
  }

  /** The file of the kubectl of the same version. */
  public Path kubectlProgram() {
    return binaries.program(ControlPlaneProgram.KUBECTL);
  }

  /** That kubectl, as the administrator. */
  public Kubectl kubectl() {
    return kubectl(kubeconfigFile());
  }

  /** That kubectl, as the user of a kubeconfig. */
  public Kubectl kubectl(Path kubeconfig) {
    return new Kubectl(kubectlProgram(), kubeconfig, files.path("kubectl-cache"));
  }

  /** The address of the API server. */
  public String url() {
    return processes.url();
  }

  /** The process id of a program, for whoever measures it. */
  public long processId(ControlPlaneProgram program) {
    return processes.id(program);
  }

  /** The folder with a log file of each program. */
  public Path logs() {
    return files.logs();
  }

  /** One JSON object a line for each request that the API server answered, without bodies. */
  public Path auditLog() {
    return files.auditLog();
  }

  /** Ends all programs and deletes their data. Closing twice does nothing more. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(shutdownHook);
    } catch (IllegalStateException e) {
      // The JVM is shutting down: the hook runs anyway.
      return;
    }
    client.close();
    stop();
  }

  private synchronized void stop() {
    processes.kill();
    files.discard();
  }
}
