package dev.pgtrickle.crds.schedulepolicy;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a recommendation is followed. */
public enum RecommendationMode {
  @JsonProperty("Advise")
  ADVISE,
  @JsonProperty("AutoApply")
  AUTO_APPLY
}
