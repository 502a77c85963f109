package dev.pgtrickle.engine.delta;

import java.util.Optional;

/**
 * When a row of one side of a join is put out. Conditions are over {@code "__now"}, the number of
 * its matches, {@code "__more"}, by how many they have become more, the row's own columns, and the
 * columns of {@code regime}.
 */
interface Decision {

  /** Whether the row was put out. */
  String before(Naming row);

  /** Whether it is. */
  String after(Naming row);

  /** What is the same for all rows: a SELECT of one row, read as {@code regime}. */
  default Optional<String> regime(Lookup other) {
    return Optional.empty();
  }

  /** The column of the regime that says whether all present rows are concerned. */
  default String upheaval() {
    return "false";
  }
}
