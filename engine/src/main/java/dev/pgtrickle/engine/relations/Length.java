package dev.pgtrickle.engine.relations;

/** Whether all values of a type have the same, small size. */
public enum Length {
  FIXED,
  VARIABLE
}
