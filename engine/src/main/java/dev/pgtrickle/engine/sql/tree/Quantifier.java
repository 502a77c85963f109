package dev.pgtrickle.engine.sql.tree;

/** Whether duplicates count. */
public enum Quantifier {
  ALL,
  DISTINCT
}
