package dev.pgtrickle.engine.relations;

/** What a type's default {@code =} tells about two values (protocol P9). */
public enum Equality {
  /** Equal values are the same image: they can be grouped, netted and matched by {@code =}. */
  IDENTITY,
  /** Equal values can differ in what they show, like 1.0 and 1.00. */
  COARSER,
  /** The type has no default btree class: json, xml, point. */
  NONE
}
