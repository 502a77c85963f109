package dev.pgtrickle.engine.algebra;

import java.util.List;
import java.util.function.UnaryOperator;

/** Keeps the rows of the left input for which the right one has a match, or has none. */
public record SemiJoin(Kind kind, Operator left, Operator right, Scalar condition)
    implements Operator {

  /** Which rows are kept. */
  public enum Kind {
    SEMI,
    ANTI
  }

  @Override
  public List<Column> columns() {
    return left.columns();
  }

  @Override
  public List<Operator> inputs() {
    return List.of(left, right);
  }

  @Override
  public Operator withInputs(List<Operator> inputs) {
    return new SemiJoin(kind, inputs.getFirst(), inputs.getLast(), condition);
  }

  @Override
  public List<Scalar> scalars() {
    return List.of(condition);
  }

  @Override
  public Operator withScalars(UnaryOperator<Scalar> change) {
    return new SemiJoin(kind, left, right, change.apply(condition));
  }

  @Override
  public String title() {
    return kind == Kind.SEMI ? "EXISTS or IN" : "NOT EXISTS";
  }
}
