package dev.pgtrickle.cnpg.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a Cluster by the fields that tell the truth. A hibernated and a fenced Cluster keep the
 * phase and the condition of a healthy one: only annotations and a condition of its own give them
 * away.
 */
public final class ClusterReader {
  private static final String HIBERNATION = "cnpg.io/hibernation";
  private static final String FENCED = "cnpg.io/fencedInstances";
  private static final String EVERY_INSTANCE = "*";
  private static final ClusterStatus NO_STATUS =
      new ClusterStatus(null, null, null, null, null, null, null, null, null, java.util.List.of());

  private final JsonMapper json = JsonMapper.builder().build();

  public ClusterView read(Cluster cluster) {
    ClusterStatus status = cluster.getStatus() == null ? NO_STATUS : cluster.getStatus();
    String name = cluster.getMetadata().getName();
    Optional<String> currentPrimary = given(status.currentPrimary());
    return new ClusterView(
        cluster.getMetadata().getNamespace(),
        name,
        cluster.getMetadata().getDeletionTimestamp() == null
            ? ClusterView.Life.LIVING
            : ClusterView.Life.DELETED,
        role(cluster.getSpec(), name),
        activity(cluster, status),
        fencing(cluster, currentPrimary),
        holds(status, "Ready") ? ClusterView.Readiness.READY : ClusterView.Readiness.NOT_READY,
        given(status.phase()).orElse(""),
        currentPrimary,
        given(status.targetPrimary()),
        given(status.systemID()),
        status.timelineID() == null ? 0 : status.timelineID(),
        certificateSecret(status, name));
  }

  private static ClusterView.Role role(@Nullable ClusterSpec spec, String name) {
    ClusterSpec.Replica replica = spec == null ? null : spec.replica();
    if (replica == null) {
      return ClusterView.Role.PRIMARY_CLUSTER;
    }
    boolean follows =
        replica.enabled() != null
            ? replica.enabled()
            : !given(replica.self()).orElse(name).equals(given(replica.primary()).orElse(""));
    return follows ? ClusterView.Role.REPLICA_CLUSTER : ClusterView.Role.PRIMARY_CLUSTER;
  }

  private static ClusterView.Activity activity(Cluster cluster, ClusterStatus status) {
    boolean asked = "on".equals(annotations(cluster).get(HIBERNATION));
    return asked || holds(status, HIBERNATION)
        ? ClusterView.Activity.HIBERNATED
        : ClusterView.Activity.AWAKE;
  }

  private ClusterView.Fencing fencing(Cluster cluster, Optional<String> currentPrimary) {
    String fenced = annotations(cluster).get(FENCED);
    if (fenced == null || fenced.isBlank()) {
      return ClusterView.Fencing.NONE;
    }
    try {
      for (JsonNode instance : json.readTree(fenced)) {
        String name = instance.asText();
        if (name.equals(EVERY_INSTANCE) || currentPrimary.filter(name::equals).isPresent()) {
          return ClusterView.Fencing.PRIMARY_FENCED;
        }
      }
    } catch (JsonProcessingException unreadable) {
      // CloudNativePG does not act on what it cannot read either.
      return ClusterView.Fencing.NONE;
    }
    return ClusterView.Fencing.NONE;
  }

  private static String certificateSecret(ClusterStatus status, String name) {
    ClusterStatus.Certificates certificates = status.certificates();
    return given(certificates == null ? null : certificates.serverCASecret()).orElse(name + "-ca");
  }

  private static boolean holds(ClusterStatus status, String type) {
    return status.conditions().stream()
        .anyMatch(condition -> type.equals(condition.type()) && "True".equals(condition.status()));
  }

  private static Map<String, String> annotations(Cluster cluster) {
    Map<String, String> annotations = cluster.getMetadata().getAnnotations();
    return annotations == null ? Map.of() : annotations;
  }

  private static Optional<String> given(@Nullable String text) {
    return Optional.ofNullable(text).filter(value -> !value.isBlank());
  }
}
