package dev.pgtrickle.testbed.certificates;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Signs certificates. Its own says that it may do so, for 90 days as CloudNativePG's does. */
public final class CertificateAuthority {
  private static final Duration VALIDITY = Duration.ofDays(90);
  private static final byte[] ECDSA_WITH_SHA256 =
      Der.sequence(Der.identifier("1.2.840.10045.4.3.2"));
  private static final int DIGITAL_SIGNATURE = 0b1000_0000;
  private static final int SIGN_CERTIFICATES_AND_REVOCATIONS = 0b0000_0110;
  private static final int SERIAL_BITS = 120;

  private final EllipticKeyPair keys = EllipticKeyPair.generate();
  private final Instant notBefore =
      Instant.now().minus(5, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.SECONDS);
  private final byte[] name;
  private final String certificate;

  /** Makes a new authority of this name. */
  public CertificateAuthority(String commonName) {
    this.name = name(commonName, null);
    byte[] constraints = critical("2.5.29.19", Der.sequence(Der.yes()));
    byte[] usage =
        critical("2.5.29.15", Der.flags(SIGN_CERTIFICATES_AND_REVOCATIONS | DIGITAL_SIGNATURE));
    this.certificate = sign(name, keys, List.of(constraints, usage));
  }

  /** The authority's certificate as PEM. */
  public String certificate() {
    return certificate;
  }

  /** The authority's private key as PEM. */
  public String privateKey() {
    return keys.privateKeyText();
  }

  /** When the certificates end. */
  public Instant notAfter() {
    return notBefore.plus(VALIDITY);
  }

  /** Makes a key and a certificate for it. */
  public IssuedCertificate issue(CertificateRequest request) {
    EllipticKeyPair subject = EllipticKeyPair.generate();
    List<byte[]> extensions = new ArrayList<>();
    extensions.add(critical("2.5.29.15", Der.flags(DIGITAL_SIGNATURE)));
    extensions.add(extension("2.5.29.37", Der.sequence(Der.identifier(request.usage().purpose()))));
    byte[] names = alternativeNames(request);
    if (names.length > 0) {
      extensions.add(extension("2.5.29.17", names));
    }
    return new IssuedCertificate(
        sign(name(request.commonName(), request.organization()), subject, extensions),
        subject.privateKeyText());
  }

  private String sign(byte[] subject, EllipticKeyPair subjectKeys, List<byte[]> extensions) {
    List<byte[]> all = new ArrayList<>(extensions);
    all.add(extension("2.5.29.14", Der.octets(keyIdentifier(subjectKeys))));
    all.add(extension("2.5.29.35", Der.sequence(Der.tagged(0, keyIdentifier(keys)))));
    byte[] content =
        Der.sequence(
            Der.taggedValue(0, Der.integer(BigInteger.TWO)),
            Der.integer(new BigInteger(SERIAL_BITS, new SecureRandom())),
            ECDSA_WITH_SHA256,
            name,
            Der.sequence(Der.time(notBefore), Der.time(notAfter())),
            subject,
            subjectKeys.publicKeyInfo(),
            Der.taggedValue(3, Der.sequence(all.toArray(byte[][]::new))));
    return Pem.of(
        "CERTIFICATE", Der.sequence(content, ECDSA_WITH_SHA256, Der.bits(signature(content))));
  }

  private byte[] signature(byte[] content) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.privateKey());
      signature.update(content);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Could not sign a certificate", e);
    }
  }

  private static byte[] keyIdentifier(EllipticKeyPair pair) {
    try {
      // What RFC 5280 recommends; nothing rests on the strength of this digest.
      return MessageDigest.getInstance("SHA-1").digest(pair.publicPoint());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Java has no SHA-1", e);
    }
  }

  private static byte[] name(String commonName, @Nullable String organization) {
    byte[] common = attribute("2.5.4.3", commonName);
    return organization == null
        ? Der.sequence(common)
        : Der.sequence(attribute("2.5.4.10", organization), common);
  }

  private static byte[] attribute(String type, String text) {
    return Der.set(Der.sequence(Der.identifier(type), Der.text(text)));
  }

  private static byte[] alternativeNames(CertificateRequest request) {
    List<byte[]> names = new ArrayList<>();
    for (String dnsName : request.dnsNames()) {
      names.add(Der.tagged(2, dnsName.getBytes(StandardCharsets.US_ASCII)));
    }
    for (String address : request.addresses()) {
      names.add(Der.tagged(7, bytesOf(address)));
    }
    return names.isEmpty() ? new byte[0] : Der.sequence(names.toArray(byte[][]::new));
  }

  private static byte[] bytesOf(String address) {
    try {
      return InetAddress.getByName(address).getAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("Not an address: " + address, e);
    }
  }

  private static byte[] extension(String type, byte[] content) {
    return Der.sequence(Der.identifier(type), Der.octets(content));
  }

  private static byte[] critical(String type, byte[] content) {
    return Der.sequence(Der.identifier(type), Der.yes(), Der.octets(content));
  }
}
