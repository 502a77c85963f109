package dev.pgtrickle.testbed.certificates;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Keys and certificates as text. */
final class Pem {
  private static final int LINE = 64;

  private Pem() {}

  static String of(String label, byte[] content) {
    String body =
        Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII))
            .encodeToString(content);
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
  }
}
