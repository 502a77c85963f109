package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Name of the relation that users read.
 *
 * @param schema default: public
 * @param name default: metadata.name with - as _
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TableName(@Nullable String schema, @Nullable String name) {}
