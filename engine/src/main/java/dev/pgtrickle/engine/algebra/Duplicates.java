package dev.pgtrickle.engine.algebra;

/** Whether what is there several times counts several times. */
public enum Duplicates {
  KEPT,
  REMOVED
}
