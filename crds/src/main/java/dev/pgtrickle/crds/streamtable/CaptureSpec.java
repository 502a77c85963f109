package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pgtrickle.crds.schema.Description;
import dev.pgtrickle.crds.schema.Rule;
import org.jspecify.annotations.Nullable;

/** How changes of the sources are recorded for this table. */
@Rule(
    value =
        "!(has(self.allowAllTablesPublication) && "
            + "self.allowAllTablesPublication && has(self.buffers) && "
            + "self.buffers == 'Logged')",
    message =
        "logged buffers would be published by the publication that is "
            + "allowed: remove buffers or allowAllTablesPublication",
    field = ".buffers")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CaptureSpec(
    @Description(
            "Trigger records changes by statement triggers; Wal reads them "
                + "from logical decoding, where every consumer of a source "
                + "asks for it; Auto decides.")
        @Nullable CaptureMode mode,
    @Description(
            "Logged buffers survive a crash; Unlogged ones cost less and "
                + "lead to one full refresh after a crash.")
        @Nullable BufferMode buffers,
    @Description(
            "How a commit reaches us: Notify wakes by NOTIFY, Poll looks "
                + "regularly (needed with prepared transactions and with "
                + "transaction poolers), Auto decides.")
        @Nullable WakeMode wake,
    @Description(
            "Go on although a publication FOR ALL TABLES would publish our "
                + "buffers; they are unlogged then.")
        @Nullable Boolean allowAllTablesPublication) {}
