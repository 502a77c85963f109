package dev.pgtrickle.crds.restore;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pgtrickle.crds.Timestamp;
import dev.pgtrickle.crds.schema.Description;
import org.jspecify.annotations.Nullable;

/** What became of one table. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RestoreTableStatus(
    @Description("The StreamTable.") @Nullable String to,
    @Description("Rows that came from the archive.") @Nullable Long rowsRestored,
    @Description("How the table got to now: Differential, Full or None.") @Nullable String catchUp,
    @Description("When readers saw the restored rows.") @Nullable Timestamp appliedAt,
    @Description("Why this way.") @Nullable String reason) {}
