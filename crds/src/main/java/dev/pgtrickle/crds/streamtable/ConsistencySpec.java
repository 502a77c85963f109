package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** Tables of one group refresh in one transaction. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ConsistencySpec(@Nullable String group) {}
