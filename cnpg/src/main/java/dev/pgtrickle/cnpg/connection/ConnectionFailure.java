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
    /** The Secret that CloudNativePG makes for the application is not there. */
    SECRET_NOT_FOUND,
    /**
     * A Secret or ConfigMap that a resource names is not there, or is not meant for us. Which of
     * the two is never told, or one could find out by trial which Secrets there are.
     */
    SECRET_NOT_OFFERED,
    /** The Secret is there and meant for us, but lacks a value, or one of them makes no sense. */
    SECRET_UNUSABLE,
    /** What is to prove the server's identity is no certificate. */
    TLS_VERIFICATION_FAILED,
    /** The resource asks for what this operator does not allow. */
    NOT_ALLOWED
  }
}
