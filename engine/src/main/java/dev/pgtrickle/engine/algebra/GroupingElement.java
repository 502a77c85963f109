package dev.pgtrickle.engine.algebra;

import java.util.List;

/** A part of a GROUP BY clause; keys are numbers in the operator's list of keys. */
public sealed interface GroupingElement {

  record Key(int index) implements GroupingElement {}

  /** {@code (a, b)}, also without any key. */
  record KeyList(List<Integer> indexes) implements GroupingElement {}

  /** Several groupings at once. */
  record Sets(Kind kind, List<GroupingElement> elements) implements GroupingElement {}

  /** The constructs. */
  enum Kind {
    GROUPING_SETS,
    ROLLUP,
    CUBE
  }
}
