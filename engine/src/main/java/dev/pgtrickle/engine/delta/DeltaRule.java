package dev.pgtrickle.engine.delta;

import dev.pgtrickle.engine.algebra.Operator;
import java.util.List;

/**
 * How a change of its inputs changes the output of one kind of operator.
 *
 * @param <O> the operator
 */
public interface DeltaRule<O extends Operator> {

  /**
   * Defines the operator's delta.
   *
   * @param inputs the deltas of the operator's inputs, in order
   */
  DeltaNode differentiate(O operator, List<DeltaNode> inputs, DeltaContext context);
}
