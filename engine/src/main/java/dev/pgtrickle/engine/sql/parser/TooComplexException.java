package dev.pgtrickle.engine.sql.parser;

/** A query is larger than its bounds allow. */
public final class TooComplexException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String what;

  TooComplexException(String what) {
    super(what);
    this.what = what;
  }

  /** Which bound was passed. */
  public String what() {
    return what;
  }
}
