package dev.pgtrickle.cnpg.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What we read of a Cluster's status. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ClusterStatus(
    @Nullable String phase,
    @Nullable String phaseReason,
    @Nullable String currentPrimary,
    @Nullable String targetPrimary,
    @Nullable Integer instances,
    @Nullable Integer readyInstances,
    @Nullable String systemID,
    @Nullable Integer timelineID,
    @Nullable Certificates certificates,
    List<Condition> conditions) {

  public ClusterStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }

  /** The names of the Secrets with certificates that are in force. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Certificates(@Nullable String serverCASecret) {}

  /** A condition without its times. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Condition(@Nullable String type, @Nullable String status) {}
}
