package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a refresh computes. */
public enum RefreshModeChoice {
  @JsonProperty("Auto")
  AUTO,
  @JsonProperty("Differential")
  DIFFERENTIAL,
  @JsonProperty("Full")
  FULL,
  @JsonProperty("Immediate")
  IMMEDIATE
}
