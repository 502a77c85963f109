package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.delta.StateColumn;
import java.util.List;

/**
 * Where groups find what comes in the place of a least or greatest value that has left. The groups
 * with changes are in a common table {@code matched}: their keys under the names of the aggregate,
 * of each value the best one that came if it is lost, and whether it is.
 */
interface LostValues {

  /** Items of the matched groups that it needs besides, each ending in a comma. */
  String matchedItems();

  /** Adds the common tables that look for the values. */
  void addTo(WithClause with, List<StateColumn.Extremum> extremes);

  /** What a lost value is now. */
  String found(StateColumn.Extremum extremum);

  /** Joins what was found to the matched groups. */
  String join();
}
