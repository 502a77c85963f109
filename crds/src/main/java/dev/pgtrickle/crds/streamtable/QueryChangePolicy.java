package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What happens when the query changes. */
public enum QueryChangePolicy {
  @JsonProperty("Apply")
  APPLY,
  @JsonProperty("AwaitApproval")
  AWAIT_APPROVAL,
  @JsonProperty("Reject")
  REJECT
}
