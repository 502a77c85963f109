package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether change buffers survive a crash. */
public enum BufferMode {
  @JsonProperty("Logged")
  LOGGED,
  @JsonProperty("Unlogged")
  UNLOGGED
}
