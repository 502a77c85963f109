package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** The name of another object in the same namespace. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record NamedReference(@Nullable String name) {}
