package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.pgtrickle.crds.Metadata;
import org.jspecify.annotations.Nullable;

/**
 * A StreamTable as it stands in a file: read strictly, unlike the metadata of {@link StreamTable}.
 *
 * @param status a report, never read by us here
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StreamTableManifest(
    @Nullable String apiVersion,
    @Nullable String kind,
    @Nullable Metadata metadata,
    @Nullable StreamTableSpec spec,
    @Nullable JsonNode status) {

  /** The same as the resource that an API server would hold, without its status. */
  public StreamTable toResource() {
    StreamTable resource = new StreamTable();
    if (metadata != null) {
      resource.setMetadata(metadata.toObjectMeta());
    }
    if (spec != null) {
      resource.setSpec(spec);
    }
    return resource;
  }
}
