package dev.pgtrickle.engine.algebra;

/** What an expression means, as far as the engine has to know. */
public enum Form {
  /** Text that nobody looked into. */
  OPAQUE,
  COLUMN,
  /** A literal, its cast not included. */
  CONSTANT,
  /** A call of an ordinary function. */
  CALL,
  PARENTHESES,
  AND,
  OR,
  NOT,
  /** An operator between two operands. */
  INFIX,
  /** An operator before its operand. */
  PREFIX,
  /** {@code IS} with fixed words: NULL, TRUE, JSON and their like. */
  TEST,
  DISTINCT_FROM,
  CAST,
  COLLATE,
  TIME_ZONE,
  CASE,
  ARRAY,
  ROW,
  IN_LIST,
  /** {@code = ANY (array)}. */
  QUANTIFIED_ARRAY,
  FIELD,
  SUBSCRIPT,
  EXISTS,
  /** {@code x IN (query)}. */
  IN_QUERY,
  /** {@code x = ANY (query)}, {@code x < ALL (query)}. */
  QUANTIFIED_QUERY,
  SCALAR_QUERY,
  ARRAY_QUERY,
  /** A word that is a value: CURRENT_DATE. */
  VALUE_WORD,
  /** A function with a syntax of its own: EXTRACT, COALESCE, JSON_VALUE. */
  SPECIAL_FUNCTION
}
