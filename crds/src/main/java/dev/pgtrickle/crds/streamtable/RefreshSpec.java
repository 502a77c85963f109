package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pgtrickle.crds.schema.Description;
import org.jspecify.annotations.Nullable;

/** How a refresh works. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RefreshSpec(
    @Description(
            "Auto chooses the cheaper of Differential and Full each time; "
                + "Differential applies only what changed; Full compares the "
                + "whole result; Immediate works inside the writing "
                + "transaction.")
        @Nullable RefreshModeChoice mode,
    @Description(
            "Whether a refresh that cannot be differential may be a full "
                + "one: Allow, or Never, which refuses instead.")
        @Nullable FallbackPolicy fallback) {}
