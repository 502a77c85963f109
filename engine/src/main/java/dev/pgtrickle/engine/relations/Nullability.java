package dev.pgtrickle.engine.relations;

/** Whether the catalog forbids NULL in a column. */
public enum Nullability {
  NULLABLE,
  NOT_NULL
}
