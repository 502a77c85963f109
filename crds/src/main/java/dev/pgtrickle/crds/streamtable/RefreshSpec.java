package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** How a refresh works. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RefreshSpec(@Nullable RefreshModeChoice mode, @Nullable FallbackPolicy fallback) {}
