package dev.pgtrickle.engine.algebra;

/** Whether there is a group for every key, or one that exists even over no rows. */
public enum Grouping {
  BY_KEYS,
  WHOLE_INPUT
}
