package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonProperty;

/** When the first load happens. */
public enum Initialize {
  @JsonProperty("OnCreate")
  ON_CREATE,
  @JsonProperty("OnSchedule")
  ON_SCHEDULE
}
