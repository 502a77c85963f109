package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pgtrickle.crds.schema.Description;
import dev.pgtrickle.crds.schema.Length;
import dev.pgtrickle.crds.schema.Matching;
import dev.pgtrickle.crds.schema.Required;
import org.jspecify.annotations.Nullable;

/** Tables of one group refresh in one transaction. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ConsistencySpec(
    @Required
        @Length(min = 1, max = 63)
        @Matching("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")
        @Description(
            "Name of the group, within the database. Without it, tables "
                + "that read each other form a group by themselves.")
        @Nullable String group) {}
