package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a commit reaches the worker. */
public enum WakeMode {
  @JsonProperty("Auto")
  AUTO,
  @JsonProperty("Notify")
  NOTIFY,
  @JsonProperty("Poll")
  POLL
}
