package dev.pgtrickle.testbed.certificates;

/** A certificate and the private key that belongs to it, both as PEM. */
public record IssuedCertificate(String certificate, String privateKey) {
  /** Never shows the key. */
  @Override
  public String toString() {
    return certificate;
  }
}
