package dev.pgtrickle.engine.source;

/** Which rows a source has. */
public enum Extent {
  /** Its own: no other table's rows are read through it. */
  ITSELF,

  /** Also those of all tables below it: its partitions, or what inherits from it. */
  WITH_DESCENDANTS
}
