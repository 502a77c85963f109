package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** A query that is kept elsewhere. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record QuerySource(@Nullable KeyReference configMapKeyRef) {}
