package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** One entry of a ConfigMap. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record KeyReference(@Nullable String name, @Nullable String key) {}
