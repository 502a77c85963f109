package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.source.ChangeColumns;
import java.util.Optional;

/**
 * For up to how many changed rows of a source a prepared statement is made. It stands as LIMIT in
 * the common tables of changes, since that is how PostgreSQL can be told about how many there are.
 * For more rows it pays to copy and analyse them first, which takes some milliseconds.
 */
public enum RowBound {
  TWO_HUNDRED(200),
  THOUSAND(1_000),
  TWO_THOUSAND(2_000),
  FOUR_THOUSAND(4_000),
  EIGHT_THOUSAND(8_000);

  private final int rows;

  RowBound(int rows) {
    this.rows = rows;
  }

  public int rows() {
    return rows;
  }

  /**
   * Whether the index of a buffer leads to all of so many rows, whatever the statements' lengths.
   */
  public boolean isInTheIndex() {
    return rows < ChangeColumns.HEAD_ROWS;
  }

  /** The least that is enough; empty above the largest. */
  public static Optional<RowBound> of(long rows) {
    for (RowBound bound : values()) {
      if (rows <= bound.rows) {
        return Optional.of(bound);
      }
    }
    return Optional.empty();
  }
}
