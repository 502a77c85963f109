package dev.pgtrickle.engine.relations;

/** Whether row level security is enabled on a table, for whomever it applies to. */
public enum RowSecurity {
  DISABLED,
  ENABLED
}
