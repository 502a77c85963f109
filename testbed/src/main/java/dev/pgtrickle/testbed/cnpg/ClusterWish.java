package dev.pgtrickle.testbed.cnpg;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Map;
import java.util.Optional;

/** What somebody asked of a Cluster by its annotations, or by a target primary in its status. */
record ClusterWish(State state, String targetPrimary) {
  static final String HIBERNATION = "cnpg.io/hibernation";
  static final String FENCED = "cnpg.io/fencedInstances";

  /** In which state a cluster is, or is to be. */
  enum State {
    SERVING,
    FENCED,
    HIBERNATED
  }

  static ClusterWish of(GenericKubernetesResource cluster, String primary) {
    Map<String, String> annotations =
        Optional.ofNullable(cluster.getMetadata().getAnnotations()).orElse(Map.of());
    String fenced = annotations.getOrDefault(FENCED, "");
    State state = State.SERVING;
    if ("on".equals(annotations.get(HIBERNATION))) {
      state = State.HIBERNATED;
    } else if (fenced.contains("\"*\"") || fenced.contains("\"" + primary + "\"")) {
      state = State.FENCED;
    }
    return new ClusterWish(state, ClusterSpec.text(cluster, primary, "status", "targetPrimary"));
  }
}
