package dev.pgtrickle.cnpg.connection;

/** Carries a failure out of the middle of a resolution; never leaves this package. */
final class UnresolvedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ConnectionFailure failure;

  UnresolvedException(ConnectionFailure.Cause cause, String message, String remedy) {
    super(message, null, false, false);
    this.failure = new ConnectionFailure(cause, message, remedy);
  }

  ConnectionFailure failure() {
    return failure;
  }
}
