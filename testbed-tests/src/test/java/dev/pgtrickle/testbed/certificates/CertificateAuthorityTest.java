package dev.pgtrickle.testbed.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CertificateAuthorityTest {
  private static final int DNS_NAME = 2;
  private static final int ADDRESS = 7;

  @Test
  void aCertificateIsValidUnderItsAuthority() throws Exception {
    CertificateAuthority authority = new CertificateAuthority("pg-main");
    X509Certificate root = parse(authority.certificate());
    X509Certificate server =
        parse(
            authority
                .issue(
                    CertificateRequest.server(
                        "pg-main-rw", List.of("pg-main-rw.shop.svc"), List.of("127.0.0.1")))
                .certificate());
    PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
    parameters.setRevocationEnabled(false);
    CertPathValidator.getInstance("PKIX")
        .validate(
            CertificateFactory.getInstance("X.509").generateCertPath(List.of(server)), parameters);

    assertThat(root.getBasicConstraints()).isNotNegative();
    assertThat(server.getBasicConstraints()).isNegative();
    assertThat(server.getSubjectX500Principal().getName()).isEqualTo("CN=pg-main-rw");
    assertThat(server.getIssuerX500Principal().getName()).isEqualTo("CN=pg-main");
    assertThat(server.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(server.getSubjectAlternativeNames())
        .containsExactlyInAnyOrder(
            List.of(DNS_NAME, "pg-main-rw.shop.svc"), List.of(ADDRESS, "127.0.0.1"));
    assertThat(server.getNotAfter().toInstant()).isEqualTo(authority.notAfter());
  }

  @Test
  void aClientBelongsToItsGroup() throws Exception {
    X509Certificate client =
        parse(
            new CertificateAuthority("root")
                .issue(CertificateRequest.client("administrator", "system:masters"))
                .certificate());
    assertThat(client.getSubjectX500Principal().getName())
        .isEqualTo("CN=administrator,O=system:masters");
    assertThat(client.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
  }

  @Test
  void theKeyIsNotPrinted() {
    IssuedCertificate issued =
        new CertificateAuthority("root").issue(CertificateRequest.client("app", null));
    assertThat(issued.privateKey()).startsWith("-----BEGIN EC PRIVATE KEY-----\n");
    assertThat(issued.toString()).doesNotContain("PRIVATE");
  }

  private static X509Certificate parse(String text) throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));
  }
}
