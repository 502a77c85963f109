package dev.pgtrickle.engine.advisor;

/** A trial met what it does not understand or cannot afford, so nothing is shown by it. */
final class Unproven extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Unproven(String reason) {
    super(reason);
  }
}
