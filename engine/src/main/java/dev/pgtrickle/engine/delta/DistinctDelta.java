package dev.pgtrickle.engine.delta;

import dev.pgtrickle.engine.algebra.Distinct;
import java.util.List;

/**
 * DISTINCT: rows that are equal are a group, which puts out one of them, see {@link Recomputation}.
 *
 * <pre>
 *   before: __weight | x      present: x     after: __weight | x
 *                 +1 | a               a                  -1 | b
 *                 -1 | b               a
 * </pre>
 */
public final class DistinctDelta implements DeltaRule<Distinct> {
  private final Recomputation recomputation;

  public DistinctDelta(Recomputation recomputation) {
    this.recomputation = recomputation;
  }

  @Override
  public DeltaNode differentiate(Distinct distinct, List<DeltaNode> inputs, DeltaContext context) {
    return recomputation.differentiate(
        "distinct", distinct, inputs, List.of(GroupDelta.everyColumn(distinct.input())), context);
  }
}
