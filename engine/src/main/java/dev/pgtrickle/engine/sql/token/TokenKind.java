package dev.pgtrickle.engine.sql.token;

/** The kinds of words of SQL. */
public enum TokenKind {
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
