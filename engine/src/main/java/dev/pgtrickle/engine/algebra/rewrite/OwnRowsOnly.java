package dev.pgtrickle.engine.algebra.rewrite;

import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Scan;

/**
 * Reads tables that have no descendants without any (P6): the catalog is read as it is now and not
 * as of the snapshot, so a child that ALTER TABLE INHERIT adds meanwhile would bring its rows
 * along.
 *
 * <pre>
 * BEFORE  Scan(t)
 * AFTER   Scan(ONLY t)
 * </pre>
 */
public final class OwnRowsOnly implements RewriteRule {

  @Override
  public Operator apply(Operator plan) {
    return new BottomUp(OwnRowsOnly::own).apply(plan);
  }

  private static Operator own(Operator operator) {
    return operator instanceof Scan scan && !scan.relation().hasDescendants()
        ? scan.alone()
        : operator;
  }
}
