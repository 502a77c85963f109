package dev.pgtrickle.testbed.certificates;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who a certificate is for.
 *
 * @param organization which Kubernetes takes for the user's group
 * @param dnsNames under which clients call a server
 * @param addresses under which they call it, IPv4
 */
public record CertificateRequest(
    String commonName,
    @Nullable String organization,
    Usage usage,
    List<String> dnsNames,
    List<String> addresses) {

  /** On which side of a connection a certificate is presented. */
  public enum Usage {
    /** By a server, to which clients then speak under one of its names. */
    SERVER("1.3.6.1.5.5.7.3.1"),
    /** By a client, to log in. */
    CLIENT("1.3.6.1.5.5.7.3.2");

    private final String purpose;

    Usage(String purpose) {
      this.purpose = purpose;
    }

    String purpose() {
      return purpose;
    }
  }

  public CertificateRequest {
    dnsNames = List.copyOf(dnsNames);
    addresses = List.copyOf(addresses);
  }

  /** A server under these names and addresses. */
  public static CertificateRequest server(
      String commonName, List<String> dnsNames, List<String> addresses) {
    return new CertificateRequest(commonName, null, Usage.SERVER, dnsNames, addresses);
  }

  /** A client that is a member of an organization. */
  public static CertificateRequest client(String commonName, @Nullable String organization) {
    return new CertificateRequest(commonName, organization, Usage.CLIENT, List.of(), List.of());
  }
}
