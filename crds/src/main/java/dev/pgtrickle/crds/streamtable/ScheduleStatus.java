package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pgtrickle.crds.schema.Atomic;
import dev.pgtrickle.crds.schema.Description;
import org.jspecify.annotations.Nullable;

/** Which schedule counts, and where it comes from. */
@Atomic
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ScheduleStatus(
    @Description("Inline, Reference, Selector, NamespaceDefault or OperatorDefault.")
        @Nullable String source,
    @Description("The SchedulePolicy that counts.") @Nullable String policy,
    @Description("The tier that counts.") @Nullable String tier,
    @Description("The schedule that counts, for example: every 300s (30s x Cold).")
        @Nullable String effective,
    @Description("What the figures speak for, with its confidence.")
        @Nullable String recommended) {}
