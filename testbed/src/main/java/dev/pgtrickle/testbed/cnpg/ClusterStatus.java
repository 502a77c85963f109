package dev.pgtrickle.testbed.cnpg;

import dev.pgtrickle.testbed.cnpg.timeline.InstanceRole;
import dev.pgtrickle.testbed.cnpg.timeline.ReadyInstances;
import dev.pgtrickle.testbed.cnpg.timeline.Shown;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Writes a Cluster's status in CloudNativePG's shape. It remembers since when a condition and a
 * name of an instance are what they are.
 */
final class ClusterStatus {
  /** What the roles of a timeline mean while it is played, and what it started from. */
  record Cast(
      List<String> instances,
      Map<InstanceRole, String> names,
      @Nullable String systemIdentifier,
      int firstTimeline) {}

  private record Stamped(String value, String at) {}

  private final ClusterIdentity identity;
  private final String image;
  private final ShownConditions conditions = new ShownConditions();
  private final Map<String, Stamped> since = new LinkedHashMap<>();

  ClusterStatus(ClusterIdentity identity, String image) {
    this.identity = identity;
    this.image = image;
  }

  /** Null means that the field is absent: a merge patch then removes it. */
  Map<String, @Nullable Object> document(Shown shown, Cast cast) {
    String current = cast.names().get(shown.currentPrimary());
    String target = cast.names().get(shown.targetPrimary());
    OptionalInt ready = shown.readyInstances().of(cast.instances().size());
    boolean hasPrimary = current != null;
    Map<String, @Nullable Object> status = new LinkedHashMap<>();
    status.put("phase", shown.phase());
    status.put("phaseReason", hasPrimary ? null : "Creating primary instance " + target);
    status.put("currentPrimary", current);
    status.put(
        "currentPrimaryTimestamp", current == null ? null : stamp("currentPrimary", current));
    status.put("targetPrimary", target);
    status.put("targetPrimaryTimestamp", stamp("targetPrimary", String.valueOf(target)));
    status.put("instances", cast.instances().size());
    status.put("instanceNames", cast.instances());
    status.put("readyInstances", ready.isPresent() ? ready.getAsInt() : null);
    status.put("systemID", cast.systemIdentifier());
    status.put("timelineID", hasPrimary ? cast.firstTimeline() + shown.timelinesLater() : null);
    status.put("image", image);
    status.put("readService", identity.name() + "-r");
    status.put("writeService", identity.name() + "-rw");
    status.put("certificates", certificates());
    status.put("conditions", conditions.document(shown, hasPrimary));
    status.put("instancesReportedState", reported(shown, cast, current));
    status.put("selector", "cnpg.io/cluster=" + identity.name() + ",cnpg.io/podRole=instance");
    return status;
  }

  private Map<String, Object> certificates() {
    return Map.of(
        "clientCASecret", identity.name() + "-ca",
        "replicationTLSSecret", identity.name() + "-replication",
        "serverCASecret", identity.name() + "-ca",
        "serverTLSSecret", identity.name() + "-server",
        "serverAltDNSNames", identity.serviceNames());
  }

  private static @Nullable Map<String, Object> reported(
      Shown shown, Cast cast, @Nullable String current) {
    if (current == null || shown.readyInstances() == ReadyInstances.NONE) {
      return null;
    }
    Map<String, Object> reported = new LinkedHashMap<>();
    for (String instance : cast.instances()) {
      reported.put(
          instance,
          Map.of(
              "ip",
              "127.0.0.1",
              "isPrimary",
              instance.equals(current),
              "timeLineID",
              cast.firstTimeline() + shown.timelinesLater()));
    }
    return reported;
  }

  /** When the field got this value. */
  private String stamp(String field, String value) {
    Stamped before = since.get(field);
    if (before == null || !before.value().equals(value)) {
      before = new Stamped(value, Instant.now().toString());
      since.put(field, before);
    }
    return before.at();
  }
}
