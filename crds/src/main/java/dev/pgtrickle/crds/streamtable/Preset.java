package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A named bundle of settings. */
public enum Preset {
  @JsonProperty("RealTime")
  REAL_TIME,
  @JsonProperty("Batch")
  BATCH,
  @JsonProperty("CostOptimized")
  COST_OPTIMIZED
}
