package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** How changes of the sources are recorded for this table. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CaptureSpec(
    @Nullable CaptureMode mode,
    @Nullable BufferMode buffers,
    @Nullable WakeMode wake,
    @Nullable Boolean allowAllTablesPublication) {}
