package dev.pgtrickle.engine.sql.tree;

import java.util.Optional;

/** How many rows are put out; with ties, those equal to the last one as well. */
public record RowLimit(Optional<Expression> offset, Optional<Expression> count, Ties ties) {

  /** What happens to the rows that sort like the last one. */
  public enum Ties {
    CUT,
    KEPT
  }

  public static RowLimit none() {
    return new RowLimit(Optional.empty(), Optional.empty(), Ties.CUT);
  }

  public boolean isNone() {
    return offset.isEmpty() && count.isEmpty();
  }
}
