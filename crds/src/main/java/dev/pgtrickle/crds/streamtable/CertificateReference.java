package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A certificate authority.
 *
 * @param key default: ca.crt
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CertificateReference(
    @Nullable CertificateKind kind, @Nullable String name, @Nullable String key) {}
