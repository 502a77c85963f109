package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How the server proves who it is, in libpq's words. */
public enum SslMode {
  @JsonProperty("verify-full")
  VERIFY_FULL,
  @JsonProperty("verify-ca")
  VERIFY_CA
}
