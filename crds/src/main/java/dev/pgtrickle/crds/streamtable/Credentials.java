package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** Who we are at the cluster's database. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Credentials(
    @Nullable NamedReference secretRef,
    @Nullable SslMode sslMode,
    @Nullable CertificateReference caRef) {}
