package dev.pgtrickle.crds.condition;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether what a condition claims holds. */
public enum ConditionStatus {
  @JsonProperty("True")
  TRUE,
  @JsonProperty("False")
  FALSE,
  @JsonProperty("Unknown")
  UNKNOWN
}
