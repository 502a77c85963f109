package dev.pgtrickle.engine.sql.tree;

/** A stretch of what an expression consists of. */
public sealed interface Part {

  /** Text that is passed on as it is, blanks included. */
  record Words(String sql) implements Part {}

  record Operand(Expression expression) implements Part {}

  /** A query; its parentheses are words. */
  record Nested(Query query) implements Part {}
}
