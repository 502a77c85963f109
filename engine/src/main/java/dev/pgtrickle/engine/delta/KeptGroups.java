package dev.pgtrickle.engine.delta;

/**
 * Groups below the top, whose state is kept beside the result because not all of them are in it:
 * the changes are added to the state, and what the groups put out changes from the old state to the
 * new one.
 *
 * <pre>
 *   SELECT region, sum(amount) GROUP BY region HAVING sum(amount) &gt; 100
 *   kept: region | __count | __sum_1    changes: region | __count | __sum_1
 *         r1     |       9 |      95             r1     |       1 |      10
 *
 *   after: __weight | region | sum      kept: region | __count | __sum_1
 *                -1 | r1     |  95            r1     |      10 |     105
 *                +1 | r1     | 105
 * </pre>
 */
@FunctionalInterface
public interface KeptGroups {

  /** Of a plan that has none. */
  KeptGroups NONE =
      (changes, _) -> {
        throw new IllegalStateException("nothing is kept for " + changes.table());
      };

  /**
   * Brings the kept state up to date.
   *
   * @return what the groups put out, with signs
   */
  DeltaNode.SignedRows follow(DeltaNode.GroupChanges changes, DeltaContext context);
}
