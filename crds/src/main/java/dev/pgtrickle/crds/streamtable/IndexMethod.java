package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Access methods of PostgreSQL. */
public enum IndexMethod {
  @JsonProperty("btree")
  BTREE,
  @JsonProperty("hash")
  HASH,
  @JsonProperty("gin")
  GIN,
  @JsonProperty("gist")
  GIST,
  @JsonProperty("brin")
  BRIN,
  @JsonProperty("spgist")
  SPGIST
}
