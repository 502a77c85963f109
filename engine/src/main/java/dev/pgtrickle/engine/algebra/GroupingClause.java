package dev.pgtrickle.engine.algebra;

import java.util.List;

/**
 * Into which groups rows are put.
 *
 * @param elements empty = one group that exists even over no rows
 */
public record GroupingClause(Duplicates duplicates, List<GroupingElement> elements) {

  /** Whether every key is a key of the only grouping. */
  public boolean isPlain() {
    return elements.stream().allMatch(GroupingElement.Key.class::isInstance);
  }
}
