package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pgtrickle.crds.schema.Description;
import dev.pgtrickle.crds.schema.Required;
import org.jspecify.annotations.Nullable;

/** Any PostgreSQL server, described by a Secret. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SecretConnection(
    @Required
        @Description(
            "Secret with uri, or with host, port, user and password; it carries "
                + "the label pgtrickle.dev/connection: \"true\".")
        @Nullable NamedReference secretRef) {}
