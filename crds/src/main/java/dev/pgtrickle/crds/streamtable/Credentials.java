package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pgtrickle.crds.schema.Description;
import org.jspecify.annotations.Nullable;

/** Who we are at the cluster's database. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Credentials(
    @Description(
            "Secret with username and password; any but <cluster>-app carries the "
                + "label pgtrickle.dev/credentials: \"true\". Without it <cluster>-app.")
        @Nullable NamedReference secretRef,
    @Description(
            "How the server proves who it is, in libpq's words: verify-full (what "
                + "is done without this field) or verify-ca.")
        @Nullable SslMode sslMode,
    @Description("Certificate authority of the server; without it ca.crt of <cluster>-ca.")
        @Nullable CertificateReference caRef) {}
