package dev.pgtrickle.engine.relations;

/**
 * The place of a table in an inheritance tree. Rows of a child are read through its parent, and
 * changed through it without firing the child's statement triggers.
 */
public enum Inheritance {
  NONE,
  PARENT,
  CHILD,
  PARTITION
}
