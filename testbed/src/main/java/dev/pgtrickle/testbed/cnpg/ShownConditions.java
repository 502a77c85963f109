package dev.pgtrickle.testbed.cnpg;

import dev.pgtrickle.testbed.cnpg.timeline.Shown;
import dev.pgtrickle.testbed.cnpg.timeline.ShownCondition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The conditions of a Cluster, with CloudNativePG's messages, and the time of their last change.
 */
final class ShownConditions {
  private static final Map<String, String> MESSAGES =
      Map.of(
          "BootstrapCompleted", "Cluster has been bootstrapped",
          "Unique", "A single, unique system ID was found across reporting instances.",
          "NotFound", "No instances are present in the cluster to report a system ID.",
          "ClusterIsReady", "Cluster is Ready",
          "ClusterIsNotReady", "Cluster Is Not Ready",
          "ContinuousArchivingSuccess", "Continuous archiving is working",
          "Hibernated", "Cluster has been hibernated");

  private record Transition(String status, String at) {}

  private final Map<String, Transition> transitions = new LinkedHashMap<>();

  /** Initialized is True before there is anything; archiving is known once there is a primary. */
  List<Map<String, String>> document(Shown shown, boolean hasPrimary) {
    Map<String, ShownCondition> conditions = new LinkedHashMap<>();
    put(conditions, new ShownCondition("Initialized", "True", "BootstrapCompleted"));
    put(conditions, new ShownCondition("ConsistentSystemID", "True", "Unique"));
    put(conditions, new ShownCondition("Ready", "True", "ClusterIsReady"));
    if (hasPrimary) {
      put(
          conditions,
          new ShownCondition("ContinuousArchiving", "True", "ContinuousArchivingSuccess"));
    }
    shown.conditions().forEach(condition -> put(conditions, condition));
    transitions.keySet().retainAll(conditions.keySet());
    return conditions.values().stream().map(this::document).toList();
  }

  private static void put(Map<String, ShownCondition> conditions, ShownCondition condition) {
    conditions.put(condition.type(), condition);
  }

  private Map<String, String> document(ShownCondition condition) {
    Transition before = transitions.get(condition.type());
    if (before == null || !before.status().equals(condition.status())) {
      before =
          new Transition(
              condition.status(), Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
      transitions.put(condition.type(), before);
    }
    return Map.of(
        "type", condition.type(),
        "status", condition.status(),
        "reason", condition.reason(),
        "message", Objects.requireNonNull(MESSAGES.get(condition.reason())),
        "lastTransitionTime", before.at());
  }
}
