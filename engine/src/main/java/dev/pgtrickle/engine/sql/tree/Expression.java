package dev.pgtrickle.engine.sql.tree;

/**
 * An expression of the canonical text. Whatever the engine has no need to understand is kept as
 * PostgreSQL wrote it, so that printing gives the same text again.
 */
public sealed interface Expression permits ColumnName, WholeRow, Constant, Call, Phrase {

  /** Where it begins in the canonical text. */
  int offset();
}
