package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pgtrickle.crds.schema.Description;
import dev.pgtrickle.crds.schema.Required;
import org.jspecify.annotations.Nullable;

/** A query that is kept elsewhere. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record QuerySource(
    @Required
        @Description(
            "Entry of a ConfigMap in the same namespace. A change is seen "
                + "within five minutes; a new name is seen at once.")
        @Nullable KeyReference configMapKeyRef) {}
