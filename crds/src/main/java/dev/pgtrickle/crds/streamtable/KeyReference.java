package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pgtrickle.crds.schema.Atomic;
import dev.pgtrickle.crds.schema.Description;
import dev.pgtrickle.crds.schema.Length;
import dev.pgtrickle.crds.schema.Matching;
import dev.pgtrickle.crds.schema.ObjectName;
import dev.pgtrickle.crds.schema.Required;
import org.jspecify.annotations.Nullable;

/** One entry of a ConfigMap. */
@Atomic
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record KeyReference(
    @Required @ObjectName @Description("Name of the ConfigMap.") @Nullable String name,
    @Required
        @Length(min = 1, max = 253)
        @Matching("^[-._a-zA-Z0-9]+$")
        @Description("Key of the entry.")
        @Nullable String key) {}
