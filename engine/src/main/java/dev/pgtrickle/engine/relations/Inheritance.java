package dev.pgtrickle.engine.relations;

/**
 * The place of a table in an inheritance tree. Rows of a child are read through its parent, and
 * changed through it without firing the child's statement triggers.
 */
public enum Inheritance {
  /** It stands alone, or is a partitioned table that is nobody's partition. */
  NONE,
  /** Others inherit from it, and it from none. */
  PARENT,
  /** It inherits from another table, whoever inherits from it. */
  CHILD,
  PARTITION
}
