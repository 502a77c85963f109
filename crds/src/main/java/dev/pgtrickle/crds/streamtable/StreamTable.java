package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.pgtrickle.crds.Metadata;
import org.jspecify.annotations.Nullable;

/**
 * A table that is defined by a query and kept current.
 *
 * @param status a report, never read by us here
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StreamTable(
    @Nullable String apiVersion,
    @Nullable String kind,
    @Nullable Metadata metadata,
    @Nullable StreamTableSpec spec,
    @Nullable JsonNode status) {

  /** The kind as manifests write it. */
  public static final String KIND = "StreamTable";
}
