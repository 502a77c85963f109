package dev.pgtrickle.engine.algebra;

/** Numbers the columns of one plan. */
public final class ColumnIds {
  private int last;

  public ColumnIds() {}

  private ColumnIds(int last) {
    this.last = last;
  }

  /** Ids that the plan does not use yet, neither in itself nor in queries within expressions. */
  public static ColumnIds after(Operator plan) {
    return new ColumnIds(highest(plan));
  }

  private static int highest(Operator operator) {
    int highest =
        OwnColumns.of(operator).stream().mapToInt(column -> column.id().number()).max().orElse(0);
    for (Operator input : operator.inputs()) {
      highest = Math.max(highest, highest(input));
    }
    for (Scalar scalar : operator.scalars()) {
      for (Scalar part : scalar.withAllOperands()) {
        highest = Math.max(highest, part.query().map(ColumnIds::highest).orElse(0));
      }
    }
    return highest;
  }

  public ColumnId next() {
    last++;
    return new ColumnId(last);
  }
}
