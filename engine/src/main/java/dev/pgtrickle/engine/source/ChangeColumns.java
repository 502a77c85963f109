package dev.pgtrickle.engine.source;

import dev.pgtrickle.engine.postgres.Identifier;
import java.util.List;

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

  /**
   * A statement was longer than {@link #HEAD_ROWS}: there are rows of its transaction marked TAIL.
   */
  public static final int TAIL_EXISTS = 4;

  /**
   * An ordinary signed row beyond the head of a long statement. It is not in the index, which would
   * cost a bulk writer more than the row itself. Wherever one is unread, so are a whole head and a
   * row TAIL_EXISTS of the same transaction, all in the same buffer: who reads few rows never
   * misses one, and who reads many need not look for tails where none is announced.
   */
  public static final int TAIL = -1;

  /** So many rows of a statement are indexed: more than any reader of few rows reads. */
  public static final int HEAD_ROWS = 1_001;

  /** Every marker that the index knows: one of them is there wherever a transaction wrote. */
  public static final List<Integer> INDEXED = List.of(ROW, RESET, TRUNCATED, EXPIRED, TAIL_EXISTS);

  private ChangeColumns() {}

  public static Identifier captured(int attributeNumber) {
    return Identifier.of("c" + attributeNumber);
  }
}
