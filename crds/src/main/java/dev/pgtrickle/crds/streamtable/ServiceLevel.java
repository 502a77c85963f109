package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** The promise of freshness. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ServiceLevel(@Nullable String maxStaleness) {}
