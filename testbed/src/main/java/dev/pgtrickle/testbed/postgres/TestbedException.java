package dev.pgtrickle.testbed.postgres;

/** A server could not be prepared, started or stopped; the message says what to do about it. */
public final class TestbedException extends RuntimeException {
  TestbedException(String message) {
    super(message);
  }

  TestbedException(String message, Throwable cause) {
    super(message, cause);
  }
}
