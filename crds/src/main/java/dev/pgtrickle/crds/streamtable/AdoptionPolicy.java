package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a relation that is there already may be taken over. */
public enum AdoptionPolicy {
  @JsonProperty("Never")
  NEVER,
  @JsonProperty("IfOrphaned")
  IF_ORPHANED,
  @JsonProperty("RenameExisting")
  RENAME_EXISTING
}
