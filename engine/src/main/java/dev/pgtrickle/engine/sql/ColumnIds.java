package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.algebra.ColumnId;

/** Numbers the columns of one plan. */
final class ColumnIds {
  private int last;

  ColumnId next() {
    last++;
    return new ColumnId(last);
  }
}
