package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pgtrickle.crds.schema.DefaultValue;
import dev.pgtrickle.crds.schema.Description;
import dev.pgtrickle.crds.schema.PostgresName;
import dev.pgtrickle.crds.schema.Rule;
import org.jspecify.annotations.Nullable;

/** Name of the relation that users read. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TableName(
    @DefaultValue("\"public\"")
        @PostgresName
        @Rule(
            value =
                "!self.startsWith('pg_') && !self.startsWith('pgtrickle') "
                    + "&& self != 'information_schema'",
            message =
                "schemas pg_*, information_schema and pgtrickle* are "
                    + "reserved: choose a schema of your own, for example "
                    + "public")
        @Description("Schema of the relation, which has to exist. Immutable.")
        @Nullable String schema,
    @PostgresName
        @Description("Name of the relation; without it metadata.name with - as _. Immutable.")
        @Nullable String name) {}
