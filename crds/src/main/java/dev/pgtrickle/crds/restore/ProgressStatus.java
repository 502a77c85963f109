package dev.pgtrickle.crds.restore;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pgtrickle.crds.schema.Atomic;
import dev.pgtrickle.crds.schema.Description;
import org.jspecify.annotations.Nullable;

/** How far copying is. */
@Atomic
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProgressStatus(
    @Description("Rows that were copied so far.") @Nullable Long rowsCopied,
    @Description("Rows to copy.") @Nullable Long rowsTotal) {}
