package dev.pgtrickle.engine.sql;

/** The kinds of words of SQL. */
enum TokenKind {
  /** A bare word: in canonical text always a key word. */
  WORD,
  /** A name in double quotes. */
  IDENTIFIER,
  NUMBER,
  STRING,
  OPERATOR,
  /** One of the self-standing characters, or {@code ::}, {@code :=}, {@code =>}. */
  PUNCTUATION,
  END
}
