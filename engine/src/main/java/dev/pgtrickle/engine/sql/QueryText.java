package dev.pgtrickle.engine.sql;

/** A query as the user wrote it. */
public record QueryText(String sql) {
  /** Longer texts are refused: they are generated, and their plans would be no good. */
  public static final int MAXIMUM_BYTES = 64 * 1024;
}
