package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.relations.ColumnType;
import dev.pgtrickle.engine.relations.Length;

/**
 * Whether every value of a type fits into an index entry (a third of a page). A group key that does
 * not fit would stop its table for ever.
 */
enum KeyWidth {
  BOUNDED,
  UNBOUNDED;

  static KeyWidth of(ColumnType type) {
    return type.facts().length() == Length.FIXED ? BOUNDED : UNBOUNDED;
  }
}
