package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a refresh that cannot be differential may be a full one. */
public enum FallbackPolicy {
  @JsonProperty("Allow")
  ALLOW,
  @JsonProperty("Never")
  NEVER
}
