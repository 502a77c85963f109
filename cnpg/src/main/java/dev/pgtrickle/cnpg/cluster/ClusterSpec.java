package dev.pgtrickle.cnpg.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/** What we read of a Cluster's spec. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ClusterSpec(@Nullable Integer instances, @Nullable Replica replica) {

  /**
   * How a Cluster follows another one.
   *
   * @param enabled the older switch, which wins where it is set
   * @param primary the name of the cluster of the topology that may be written to
   * @param self this cluster's name in the topology, by default its own
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Replica(
      @Nullable Boolean enabled, @Nullable String primary, @Nullable String self) {}
}
