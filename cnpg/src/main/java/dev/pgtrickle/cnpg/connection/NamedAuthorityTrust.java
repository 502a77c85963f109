package dev.pgtrickle.cnpg.connection;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Also demands that the certificate bears the server's name. The JDBC driver does so too, but
 * reports it like a server that does not answer; here it is a failure of the handshake, which can
 * be told apart.
 */
public final class NamedAuthorityTrust extends AuthorityTrust {

  /**
   * Trusts these authorities.
   *
   * @param authority certificates in PEM, any number of them
   */
  public NamedAuthorityTrust(String authority) throws GeneralSecurityException {
    super(authority);
  }

  @Override
  public Socket createSocket(Socket connected, String host, int port, boolean autoClose)
      throws IOException {
    Socket socket = super.createSocket(connected, host, port, autoClose);
    if (socket instanceof SSLSocket secured) {
      SSLParameters parameters = secured.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      secured.setSSLParameters(parameters);
    }
    return socket;
  }
}
