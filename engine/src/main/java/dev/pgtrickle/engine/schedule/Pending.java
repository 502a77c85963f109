package dev.pgtrickle.engine.schedule;

/** Whether a source of a table has changes that it has not seen. */
public enum Pending {
  CHANGES,
  NOTHING
}
