package dev.pgtrickle.cnpg.connection;

/**
 * Why there is no connection.
 *
 * @param message what is wrong, and where; never what a Secret holds
 * @param remedy what the user should do
 */
public record ConnectionFailure(Cause cause, String message, String remedy) {

  /** The part that a program acts on. */
  public enum Cause {
    /** There is no such Secret or ConfigMap, or it may not be used, or it lacks a key. */
    SECRET_NOT_FOUND,
    /** What is to prove the server's identity is no certificate. */
    TLS_VERIFICATION_FAILED,
    /** The resource asks for what this operator does not allow. */
    NOT_ALLOWED
  }
}
