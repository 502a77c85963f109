package dev.pgtrickle.testbed.certificates;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;

/** A key pair on the curve P-256: made in a millisecond, where an RSA key takes a second. */
public record EllipticKeyPair(KeyPair keys) {
  private static final String CURVE = "1.2.840.10045.3.1.7";
  private static final int KEY_BYTES = 32;

  /** Makes a new pair. */
  public static EllipticKeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return new EllipticKeyPair(generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Java has no P-256", e);
    }
  }

  /** The private key in the traditional form (SEC 1), which OpenSSL and Go write. */
  public String privateKeyText() {
    byte[] secret = fixedLength(((ECPrivateKey) keys.getPrivate()).getS());
    byte[] encoded =
        Der.sequence(
            Der.integer(BigInteger.ONE),
            Der.octets(secret),
            Der.taggedValue(0, Der.identifier(CURVE)),
            Der.taggedValue(1, Der.bits(publicPoint())));
    return Pem.of("EC PRIVATE KEY", encoded);
  }

  /** The public key. */
  public String publicKeyText() {
    return Pem.of("PUBLIC KEY", publicKeyInfo());
  }

  PrivateKey privateKey() {
    return keys.getPrivate();
  }

  /** The public key together with the name of its algorithm, as certificates carry it. */
  byte[] publicKeyInfo() {
    return keys.getPublic().getEncoded();
  }

  /** The uncompressed point, with which every encoded P-256 key ends. */
  byte[] publicPoint() {
    byte[] encoded = publicKeyInfo();
    return Arrays.copyOfRange(encoded, encoded.length - (2 * KEY_BYTES + 1), encoded.length);
  }

  private static byte[] fixedLength(BigInteger number) {
    byte[] bytes = number.toByteArray();
    byte[] fixed = new byte[KEY_BYTES];
    int length = Math.min(bytes.length, KEY_BYTES);
    System.arraycopy(bytes, bytes.length - length, fixed, KEY_BYTES - length, length);
    return fixed;
  }
}
