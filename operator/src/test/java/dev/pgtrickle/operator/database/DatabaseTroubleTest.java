package dev.pgtrickle.operator.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import java.io.EOFException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class DatabaseTroubleTest {

  @Test
  void aCertificateThatIsNotTrustedIsSaidToBeOne() {
    assertThat(kindOf(new CertificateException("for another name")))
        .isEqualTo(DatabaseTrouble.Kind.TLS_VERIFICATION_FAILED);
  }

  /** Advice to verify less would be the worst answer to a crash. */
  @Test
  void aHandshakeThatIsCutOffIsAServerThatIsAway() {
    assertThat(kindOf(new EOFException("in the middle")))
        .isEqualTo(DatabaseTrouble.Kind.UNREACHABLE);
  }

  private static DatabaseTrouble.Kind kindOf(Exception cause) {
    SSLHandshakeException handshake = new SSLHandshakeException("handshake");
    handshake.initCause(cause);
    return DatabaseTrouble.of(
            TrickleException.of(ErrorCode.DATABASE_UNAVAILABLE, "no connection", "wait")
                .causedBy("08006", handshake))
        .kind();
  }
}
