package dev.pgtrickle.cnpg.connection;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.postgresql.ssl.WrappedFactory;

/**
 * Trusts the given authorities and nobody else. The JDBC driver makes one a connection, with the
 * certificates as the argument: so they need not lie in a file of a pod whose disk is read only.
 */
public class AuthorityTrust extends WrappedFactory {

  /**
   * Trusts these authorities.
   *
   * @param authority certificates in PEM, any number of them
   */
  public AuthorityTrust(String authority) throws GeneralSecurityException {
    factory = socketFactory(certificates(authority));
  }

  /** Refuses what holds no certificate. */
  static Collection<? extends Certificate> certificates(String authority)
      throws CertificateException {
    Collection<? extends Certificate> certificates =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(
                new ByteArrayInputStream(authority.getBytes(StandardCharsets.UTF_8)));
    if (certificates.isEmpty()) {
      throw new CertificateException("there is no certificate");
    }
    return certificates;
  }

  private static SSLSocketFactory socketFactory(Collection<? extends Certificate> certificates)
      throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    try {
      store.load(null, null);
    } catch (IOException impossible) {
      throw new IllegalStateException("an empty key store cannot be made", impossible);
    }
    int number = 0;
    for (Certificate certificate : certificates) {
      store.setCertificateEntry("authority-" + number++, certificate);
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context.getSocketFactory();
  }
}
