package dev.pgtrickle.engine.definition;

/** What a table thinks of a publication that would publish our own tables as well (P20). */
public enum AllTablesPublication {
  /** Nothing is captured while there is one. */
  REFUSED,

  /** Its subscribers ignore tables that they do not know. Buffers are never published then. */
  ACCEPTED
}
