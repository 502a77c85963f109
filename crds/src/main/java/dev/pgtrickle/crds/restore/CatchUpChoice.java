package dev.pgtrickle.crds.restore;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How restored tables get to now. */
public enum CatchUpChoice {
  @JsonProperty("Auto")
  AUTO,
  @JsonProperty("Differential")
  DIFFERENTIAL,
  @JsonProperty("Full")
  FULL,
  @JsonProperty("None")
  NONE
}
