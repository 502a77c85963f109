package dev.pgtrickle.engine.delta;

import dev.pgtrickle.engine.algebra.Duplicates;
import dev.pgtrickle.engine.algebra.SetOperation;
import java.util.List;

/**
 * Set operations: UNION ALL follows {@link UnionDelta}; all others compare rows that are equal, so
 * those of both sides that equal a changed one are a group, see {@link Recomputation}.
 *
 * <pre>
 *   a EXCEPT ALL b
 *   before: a: +1 (7)    b: +2 (7)       present: a: 7, 7, 7   b: 7, 7      after: __weight | x
 *                                                                                       -1 | 7
 * </pre>
 */
public final class SetOperationDelta implements DeltaRule<SetOperation> {
  private final DeltaRule<SetOperation> union;
  private final Recomputation recomputation;

  public SetOperationDelta(DeltaRule<SetOperation> union, Recomputation recomputation) {
    this.union = union;
    this.recomputation = recomputation;
  }

  @Override
  public DeltaNode differentiate(
      SetOperation operation, List<DeltaNode> inputs, DeltaContext context) {
    boolean bag =
        operation.kind() == SetOperation.Kind.UNION && operation.duplicates() == Duplicates.KEPT;
    return bag
        ? union.differentiate(operation, inputs, context)
        : recomputation.differentiate(
            "set",
            operation,
            inputs,
            List.of(
                GroupDelta.everyColumn(operation.left()),
                GroupDelta.everyColumn(operation.right())),
            context);
  }
}
