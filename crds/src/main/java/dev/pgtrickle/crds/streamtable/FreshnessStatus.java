package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pgtrickle.crds.Timestamp;
import dev.pgtrickle.crds.schema.Atomic;
import dev.pgtrickle.crds.schema.Description;
import org.jspecify.annotations.Nullable;

/** How old the result is. */
@Atomic
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record FreshnessStatus(
    @Description("The point in time that the result shows.") @Nullable Timestamp dataTimestamp,
    @Description("How far that is behind, as a bucket, for example <=30s.") @Nullable String lag,
    @Description("The part of the lag that comes from stream tables below this one.")
        @Nullable String inheritedLag,
    @Description("The source that is furthest behind.") @Nullable String slowestInput) {}
