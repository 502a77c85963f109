package dev.pgtrickle.engine.source;

import dev.pgtrickle.engine.postgres.Identifier;

/**
 * The columns that every change buffer has beside the captured ones. Captured columns are named
 * {@code c<attnum>}, so that no user column can clash with these.
 */
public final class ChangeColumns {
  /** xid8 of the writing top-level transaction. */
  public static final Identifier TRANSACTION = Identifier.of("xid");

  /** int2: +1 for a new row image, -1 for an old one, 0 for a marker row. */
  public static final Identifier WEIGHT = Identifier.of("weight");

  /** int2: one of the marker constants below. */
  public static final Identifier MARKER = Identifier.of("marker");

  /** An ordinary signed row. */
  public static final int ROW = 0;

  /** The table was truncated and no images were written: full by difference. */
  public static final int RESET = 1;

  /** The table was truncated and its images stand beside this marker (explains relfilenode). */
  public static final int TRUNCATED = 2;

  /** Nobody renewed the lease (P18): changes are no longer recorded; a capture gap is open. */
  public static final int EXPIRED = 3;

  private ChangeColumns() {}

  public static Identifier captured(int attributeNumber) {
    return Identifier.of("c" + attributeNumber);
  }
}
