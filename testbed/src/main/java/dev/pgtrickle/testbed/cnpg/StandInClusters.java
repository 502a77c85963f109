package dev.pgtrickle.testbed.cnpg;

import dev.pgtrickle.testbed.kubernetes.ControlPlane;
import dev.pgtrickle.testbed.machine.CacheDirectory;
import dev.pgtrickle.testbed.machine.TemporaryDirectories;
import dev.pgtrickle.testbed.machine.TemporaryDirectory;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A stand-in for CloudNativePG's controller in one namespace. It does for each Cluster there,
 * whoever applied it, what the real one was seen to do: Secrets, Services, status, and real
 * PostgreSQL servers behind one address; it follows the annotations for hibernation and fencing, a
 * target primary that is written into the status, and deletion.
 *
 * <p>The definition of Cluster has to be installed: {@link ClusterDefinitions}.
 */
public final class StandInClusters implements AutoCloseable {
  private final KubernetesClient client;
  private final String namespace;
  private final StandInSettings settings;
  private final TemporaryDirectory directory;
  private final HostsFile hosts;
  private final Map<String, ClusterController> controllers = new ConcurrentHashMap<>();
  private final SharedIndexInformer<GenericKubernetesResource> informer;

  private StandInClusters(KubernetesClient client, String namespace, StandInSettings settings) {
    this.client = client;
    this.namespace = namespace;
    this.settings = settings;
    this.directory =
        new TemporaryDirectories(CacheDirectory.ofThisUser(), "stand-ins", dead -> List.of())
            .create();
    this.hosts = new HostsFile(directory.path().resolve("hosts"));
    StandInNames.addFile(hosts.file());
    this.informer = ClusterResource.all(client).inNamespace(namespace).inform(new Changes());
  }

  /** Watches a namespace from now on. */
  public static StandInClusters in(
      ControlPlane controlPlane, String namespace, StandInSettings settings) {
    return new StandInClusters(controlPlane.client(), namespace, settings);
  }

  /** Creates a Cluster, and returns when it is healthy. */
  public StandInCluster create(String name, int instances) {
    return create(name, instances, settings.version());
  }

  /** Creates a Cluster of this version, and returns when it is healthy. */
  public StandInCluster create(String name, int instances, PostgresVersion version) {
    new ClusterResource(client, namespace, name).create(ClusterSpec.document(instances, version));
    return await(name);
  }

  /** The Cluster of this name, which somebody has applied; returns when it is healthy. */
  public StandInCluster await(String name) {
    ClusterController controller = controller(name);
    controller.settle();
    Path authorityFile = directory.path().resolve(name + "-ca.crt");
    try {
      Files.writeString(authorityFile, controller.authority());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new StandInCluster(
        new ClusterResource(client, namespace, name), controller, authorityFile);
  }

  /** The names of the services, for JVMs on this machine. */
  public HostsFile hosts() {
    return hosts;
  }

  /** Stops watching, and all servers. The resources stay. */
  @Override
  public void close() {
    informer.close();
    controllers.values().forEach(ClusterController::close);
    directory.discard();
  }

  /** The address is kept when a Cluster is created anew: clients may remember it for a while. */
  private ClusterController controller(String name) {
    return controllers.computeIfAbsent(
        name,
        key ->
            new ClusterController(
                new ClusterResource(client, namespace, key),
                ServiceAddress.find(),
                hosts,
                settings));
  }

  private final class Changes implements ResourceEventHandler<GenericKubernetesResource> {
    @Override
    public void onAdd(GenericKubernetesResource cluster) {
      changed(cluster);
    }

    @Override
    public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource cluster) {
      changed(cluster);
    }

    @Override
    public void onDelete(GenericKubernetesResource cluster, boolean finalStateUnknown) {
      changed(cluster);
    }

    private void changed(GenericKubernetesResource cluster) {
      var _ = controller(cluster.getMetadata().getName()).changed();
    }
  }
}
