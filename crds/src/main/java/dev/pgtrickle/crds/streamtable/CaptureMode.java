package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How changes of the sources are recorded. */
public enum CaptureMode {
  @JsonProperty("Auto")
  AUTO,
  @JsonProperty("Trigger")
  TRIGGER,
  @JsonProperty("Wal")
  WAL
}
