package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A right on the relation. Reading is all there is. */
public enum Privilege {
  @JsonProperty("SELECT")
  SELECT
}
