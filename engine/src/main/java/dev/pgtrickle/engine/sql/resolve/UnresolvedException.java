package dev.pgtrickle.engine.sql.resolve;

/** Something in a query is valid SQL that the resolver cannot give a meaning: it is refused. */
public final class UnresolvedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String what;
  private final int offset;

  UnresolvedException(String what, int offset) {
    super(what);
    this.what = what;
    this.offset = offset;
  }

  /** What has no meaning. */
  public String what() {
    return what;
  }

  /** Where it stands in the canonical text. */
  public int offset() {
    return offset;
  }
}
