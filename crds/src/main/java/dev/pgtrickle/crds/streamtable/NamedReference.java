package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pgtrickle.crds.schema.Atomic;
import dev.pgtrickle.crds.schema.Description;
import dev.pgtrickle.crds.schema.ObjectName;
import dev.pgtrickle.crds.schema.Required;
import org.jspecify.annotations.Nullable;

/** The name of another object in the same namespace. */
@Atomic
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record NamedReference(
    @Required @ObjectName @Description("Name of the object.") @Nullable String name) {}
