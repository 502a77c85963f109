package dev.pgtrickle.engine.algebra;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One key of an order.
 *
 * @param direction the words after the expression, with the blank before them; may be empty
 */
public record SortKey(Scalar scalar, String direction) {

  /** The same key over another expression. */
  public SortKey with(UnaryOperator<Scalar> change) {
    return new SortKey(change.apply(scalar), direction);
  }

  /** All keys changed. */
  public static List<SortKey> change(List<SortKey> keys, UnaryOperator<Scalar> change) {
    return keys.stream().map(key -> key.with(change)).toList();
  }
}
