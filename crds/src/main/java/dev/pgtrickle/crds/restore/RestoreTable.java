package dev.pgtrickle.crds.restore;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pgtrickle.crds.schema.Description;
import dev.pgtrickle.crds.schema.Length;
import dev.pgtrickle.crds.schema.ObjectName;
import dev.pgtrickle.crds.schema.Required;
import org.jspecify.annotations.Nullable;

/** Which rows go where. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RestoreTable(
    @Required
        @Length(min = 1, max = 253)
        @Description(
            "The StreamTable that the Snapshot was taken of; with archive, "
                + "the name of the archive.")
        @Nullable String from,
    @Required @ObjectName @Description("StreamTable in the same namespace that gets the rows.")
        @Nullable String to) {}
