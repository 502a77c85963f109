package dev.pgtrickle.testbed.kubernetes;

import dev.pgtrickle.testbed.certificates.CertificateAuthority;
import dev.pgtrickle.testbed.certificates.CertificateRequest;
import dev.pgtrickle.testbed.certificates.EllipticKeyPair;
import dev.pgtrickle.testbed.certificates.IssuedCertificate;
import java.util.List;

/** The certificates and keys of one control plane. */
record ControlPlaneCredentials(
    String authority,
    IssuedCertificate apiServer,
    IssuedCertificate administrator,
    EllipticKeyPair serviceAccounts) {

  static ControlPlaneCredentials generate() {
    CertificateAuthority authority = new CertificateAuthority("pgtrickle-testbed");
    return new ControlPlaneCredentials(
        authority.certificate(),
        authority.issue(
            CertificateRequest.server(
                "kube-apiserver",
                List.of("localhost", "kubernetes", "kubernetes.default.svc"),
                List.of("127.0.0.1", ControlPlaneProcesses.FIRST_SERVICE_ADDRESS))),
        // The group that the API server lets do everything.
        authority.issue(CertificateRequest.client("administrator", "system:masters")),
        EllipticKeyPair.generate());
  }
}
