package dev.pgtrickle.engine.delta;

import dev.pgtrickle.engine.algebra.Scan;
import java.util.List;

/**
 * The changes of a base table are what was captured of it.
 *
 * <pre>
 *   before: orders (id, amount)         after: __weight | id | amount
 *           UPDATE 7: 10 -> 12                       -1 |  7 |     10
 *                                                    +1 |  7 |     12
 * </pre>
 */
public final class ScanDelta implements DeltaRule<Scan> {

  @Override
  public DeltaNode differentiate(Scan scan, List<DeltaNode> inputs, DeltaContext context) {
    return new DeltaNode.SignedRows(context.defineChanges(scan), scan.columns());
  }
}
