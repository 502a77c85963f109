package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How dear the freshness of a table is. */
public enum Tier {
  @JsonProperty("Hot")
  HOT,
  @JsonProperty("Warm")
  WARM,
  @JsonProperty("Cold")
  COLD,
  @JsonProperty("Frozen")
  FROZEN
}
