package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** Any PostgreSQL server, described by a Secret. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SecretConnection(@Nullable NamedReference secretRef) {}
