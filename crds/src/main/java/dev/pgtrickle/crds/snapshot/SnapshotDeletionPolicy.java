package dev.pgtrickle.crds.snapshot;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of the archive when the resource goes. */
public enum SnapshotDeletionPolicy {
  @JsonProperty("Retain")
  RETAIN,
  @JsonProperty("Delete")
  DELETE
}
