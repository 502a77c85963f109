package dev.pgtrickle.crds.restore;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What happens when the query has changed since the Snapshot. */
public enum MismatchPolicy {
  @JsonProperty("Fail")
  FAIL,
  @JsonProperty("Full")
  FULL
}
