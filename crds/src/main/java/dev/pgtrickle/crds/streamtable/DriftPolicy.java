package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What is done about changes behind our back. */
public enum DriftPolicy {
  @JsonProperty("Repair")
  REPAIR,
  @JsonProperty("Report")
  REPORT
}
