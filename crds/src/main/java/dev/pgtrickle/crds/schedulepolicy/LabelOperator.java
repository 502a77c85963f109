package dev.pgtrickle.crds.schedulepolicy;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a label is compared. */
public enum LabelOperator {
  @JsonProperty("In")
  IN,
  @JsonProperty("NotIn")
  NOT_IN,
  @JsonProperty("Exists")
  EXISTS,
  @JsonProperty("DoesNotExist")
  DOES_NOT_EXIST
}
