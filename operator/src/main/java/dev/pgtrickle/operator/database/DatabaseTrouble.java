package dev.pgtrickle.operator.database;

import dev.pgtrickle.cnpg.connection.ConnectionFailure;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * Why a database cannot be worked in, in words for users.
 *
 * @param remedy what the user should do
 */
public record DatabaseTrouble(Kind kind, String message, String remedy) {

  /** The part that a program acts on. */
  public enum Kind {
    AUTHENTICATION_FAILED,
    TLS_VERIFICATION_FAILED,
    /** The Secret that CloudNativePG makes is not there. */
    SECRET_NOT_FOUND,
    /** A Secret or ConfigMap that is named is not there, or not meant for us. */
    SECRET_NOT_OFFERED,
    /** A Secret lacks a value, or one of them makes no sense. */
    SECRET_UNUSABLE,
    /** The spec asks for something that this operator was told to refuse. */
    NOT_ALLOWED,
    UNREACHABLE,
    /** Another operator, or a command, works there. */
    OWNED_ELSEWHERE,
    /** The login lacks rights or has too many. */
    PERMISSION_DENIED,
    /** Another login owns what is installed there. */
    CONFLICT
  }

  static DatabaseTrouble of(ConnectionFailure failure) {
    return new DatabaseTrouble(
        switch (failure.cause()) {
          case SECRET_NOT_FOUND -> Kind.SECRET_NOT_FOUND;
          case SECRET_NOT_OFFERED -> Kind.SECRET_NOT_OFFERED;
          case SECRET_UNUSABLE -> Kind.SECRET_UNUSABLE;
          case TLS_VERIFICATION_FAILED -> Kind.TLS_VERIFICATION_FAILED;
          case NOT_ALLOWED -> Kind.NOT_ALLOWED;
        },
        failure.message(),
        failure.remedy());
  }

  static DatabaseTrouble of(TrickleException failure) {
    if (isTls(failure)) {
      return new DatabaseTrouble(
          Kind.TLS_VERIFICATION_FAILED,
          "the server's certificate could not be verified: " + deepest(failure),
          "name the authority that signs it in spec.credentials.caRef; with a certificate that"
              + " lacks the Service's name, set sslMode: verify-ca");
    }
    return new DatabaseTrouble(kind(failure.code()), failure.what(), failure.remedy());
  }

  /** Whether a person has to act before trying again makes sense. */
  public boolean isPermanent() {
    return switch (kind) {
      case NOT_ALLOWED, PERMISSION_DENIED, CONFLICT -> true;
      case AUTHENTICATION_FAILED,
          TLS_VERIFICATION_FAILED,
          SECRET_NOT_FOUND,
          SECRET_NOT_OFFERED,
          SECRET_UNUSABLE,
          UNREACHABLE,
          OWNED_ELSEWHERE ->
          false;
    };
  }

  private static Kind kind(ErrorCode code) {
    return switch (code) {
      case AUTHENTICATION_FAILED -> Kind.AUTHENTICATION_FAILED;
      case PERMISSION_DENIED -> Kind.PERMISSION_DENIED;
      case CONFLICT, SCHEMA_TOO_NEW -> Kind.CONFLICT;
      case FENCED_OUT -> Kind.OWNED_ELSEWHERE;
      default -> Kind.UNREACHABLE;
    };
  }

  /** What TLS itself says: that the authority is unknown, or which name was looked for. */
  private static String deepest(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }

  /** Not every failure of TLS is about a certificate: a server that dies cuts handshakes off. */
  private static boolean isTls(Throwable failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException
          || cause instanceof CertPathValidatorException
          || cause instanceof SSLPeerUnverifiedException) {
        return true;
      }
    }
    return false;
  }
}
