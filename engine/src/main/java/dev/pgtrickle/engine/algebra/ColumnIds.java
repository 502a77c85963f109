package dev.pgtrickle.engine.algebra;

/** Numbers the columns of one plan. */
public final class ColumnIds {
  private int last;

  public ColumnId next() {
    last++;
    return new ColumnId(last);
  }
}
