package dev.pgtrickle.engine.catalog;

/** A change buffer is a ring of two tables: capture writes one while the other drains. */
public enum BufferSide {
  A("a"),
  B("b");

  private final String letter;

  BufferSide(String letter) {
    this.letter = letter;
  }

  public String letter() {
    return letter;
  }

  public BufferSide other() {
    return this == A ? B : A;
  }

  /** The side whose letter stands in the registry. */
  public static BufferSide ofLetter(String letter) {
    return letter.equals(A.letter) ? A : B;
  }
}
