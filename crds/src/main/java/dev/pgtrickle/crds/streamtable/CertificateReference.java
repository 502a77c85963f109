package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pgtrickle.crds.schema.Atomic;
import dev.pgtrickle.crds.schema.Description;
import dev.pgtrickle.crds.schema.Length;
import dev.pgtrickle.crds.schema.Matching;
import dev.pgtrickle.crds.schema.ObjectName;
import dev.pgtrickle.crds.schema.Required;
import org.jspecify.annotations.Nullable;

/** A certificate authority. */
@Atomic
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CertificateReference(
    @Required @Description("Where the certificate is kept: ConfigMap or Secret.")
        @Nullable CertificateKind kind,
    @Required @ObjectName @Description("Name of that ConfigMap or Secret.") @Nullable String name,
    @Length(min = 1, max = 253)
        @Matching("^[-._a-zA-Z0-9]+$")
        @Description("Key of the certificate; without it ca.crt.")
        @Nullable String key) {}
