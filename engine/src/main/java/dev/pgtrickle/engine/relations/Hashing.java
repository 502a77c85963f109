package dev.pgtrickle.engine.relations;

/** Whether hash_record_extended can hash a value of the type; otherwise its text is hashed. */
public enum Hashing {
  DIRECT,
  BY_TEXT
}
