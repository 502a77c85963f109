package dev.pgtrickle.engine.capture;

/** The parts of {@code frontier.fingerprint}, in their order. */
public enum FingerprintPart {
  COLUMNS("a column that the query reads was altered"),
  CONSTRAINTS("a key or foreign key of the table was added, changed or dropped"),
  RELATION("name, kind, owner, persistence, row security or inheritance of the table changed"),
  FUNCTIONS("a function that the query calls was replaced or dropped"),
  TYPES("an enum, domain or composite type that the query uses was changed"),
  COLLATIONS("a collation that the query uses has another version"),
  PUBLICATIONS("the publications FOR ALL TABLES, or of our schemas, changed"),
  VIEWS("a view that the query reads was replaced, altered or dropped");

  private final String words;

  FingerprintPart(String words) {
    this.words = words;
  }

  /** What a difference of this part means, for people. */
  public String words() {
    return words;
  }
}
