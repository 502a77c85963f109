package dev.pgtrickle.testbed.machine;

/** A server could not be prepared, started or stopped; the message says what to do about it. */
public class TestbedException extends RuntimeException {
  public TestbedException(String message) {
    super(message);
  }

  public TestbedException(String message, Throwable cause) {
    super(message, cause);
  }
}
