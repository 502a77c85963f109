package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a certificate authority is kept. */
public enum CertificateKind {
  @JsonProperty("ConfigMap")
  CONFIG_MAP,
  @JsonProperty("Secret")
  SECRET
}
