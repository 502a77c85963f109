package dev.pgtrickle.testbed.cnpg;

import dev.pgtrickle.testbed.cnpg.timeline.InstanceRole;
import dev.pgtrickle.testbed.cnpg.timeline.RecordedTimeline;
import dev.pgtrickle.testbed.cnpg.timeline.Shown;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** What a client that watches a Cluster gets to see, one line for each change that matters. */
final class StatusRecorder implements AutoCloseable {
  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
  private final Watch watch;

  StatusRecorder(KubernetesClient client, StandInCluster cluster) {
    this.watch =
        ClusterResource.all(client)
            .inNamespace(cluster.namespace())
            .withName(cluster.name())
            .watch(
                new Watcher<GenericKubernetesResource>() {
                  @Override
                  public void eventReceived(Action action, GenericKubernetesResource resource) {
                    add(line(resource));
                  }

                  @Override
                  public void onClose(WatcherException cause) {
                    seen.add("the watch ended: " + cause);
                  }
                });
  }

  List<String> seen() {
    synchronized (seen) {
      return List.copyOf(seen);
    }
  }

  /** The lines that playing this timeline from these instances must lead to. */
  static List<String> expected(
      RecordedTimeline timeline, Map<InstanceRole, String> names, int instances) {
    List<String> lines = new ArrayList<>();
    timeline
        .steps()
        .forEach(step -> {
          String line = line(step.shown(), names, instances);
          if (lines.isEmpty() || !lines.getLast().equals(line)) {
            lines.add(line);
          }
        });
    return lines;
  }

  private void add(String line) {
    synchronized (seen) {
      if (seen.isEmpty() || !seen.getLast().equals(line)) {
        seen.add(line);
      }
    }
  }

  private static String line(Shown shown, Map<InstanceRole, String> names, int instances) {
    var ready = shown.readyInstances().of(instances);
    return String.join(
        " ",
        shown.phase(),
        names.getOrDefault(shown.currentPrimary(), "-"),
        names.getOrDefault(shown.targetPrimary(), "-"),
        ready.isPresent() ? String.valueOf(ready.getAsInt()) : "-");
  }

  private static String line(GenericKubernetesResource resource) {
    return String.join(
        " ",
        ClusterSpec.text(resource, "-", "status", "phase"),
        ClusterSpec.text(resource, "-", "status", "currentPrimary"),
        ClusterSpec.text(resource, "-", "status", "targetPrimary"),
        ClusterSpec.text(resource, "-", "status", "readyInstances"));
  }

  @Override
  public void close() {
    watch.close();
  }
}
