package dev.pgtrickle.cnpg.connection;

/** The certificate of an authority whose key nobody has. */
final class CertificateText {
  static final String PEM =
      """
      -----BEGIN CERTIFICATE-----
      MIIBmjCCAR+gAwIBAgIIJTzWnjRuipYwCgYIKoZIzj0EAwMwGTEXMBUGA1UEAxMO
      dGVzdCBhdXRob3JpdHkwIBcNMjYxMTIxMTQ1ODA4WhgPMjEyNjEwMjgxNDU4MDha
      MBkxFzAVBgNVBAMTDnRlc3QgYXV0aG9yaXR5MHYwEAYHKoZIzj0CAQYFK4EEACID
      YgAEJfEjGpMVHUtQzrDknjDkoEuBCHYEfdyTmzXj6Af/YmeJqJXrsrbgGJXTAeJ6
      jxZmQByWyMPcvZVkyV7mA4F8/6zp+1aB2stsvMSskZIWVtZlbvWXHiRo266OwdvS
      m3cqozIwMDAdBgNVHQ4EFgQUimOXed8ECC2Y/QvJP8Xn1UB+jL4wDwYDVR0TAQH/
      BAUwAwEB/zAKBggqhkjOPQQDAwNpADBmAjEA/rUTEEiNUcPNvknWuEGj8J/WBMnf
      DUfi6/jsi0egURGcv8nAxu0zeafkedyJPYM+AjEAp81BIQC/fOLDvKTMEGFKiMUP
      CWOa6VOnq9umAsb7PAVgSK5Clb6G0I2yRB8wtfhd
      -----END CERTIFICATE-----
      """;

  private CertificateText() {}
}
