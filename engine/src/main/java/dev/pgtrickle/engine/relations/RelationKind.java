package dev.pgtrickle.engine.relations;

/** What kind of relation pg_class.relkind says it is. */
public enum RelationKind {
  TABLE("r", "a table"),
  PARTITIONED_TABLE("p", "a partitioned table"),
  VIEW("v", "a view"),
  MATERIALIZED_VIEW("m", "a materialized view"),
  FOREIGN_TABLE("f", "a foreign table"),
  SEQUENCE("S", "a sequence"),
  COMPOSITE_TYPE("c", "a composite type"),
  OTHER("", "not a table");

  private final String letter;
  private final String description;

  RelationKind(String letter, String description) {
    this.letter = letter;
    this.description = description;
  }

  static RelationKind ofLetter(String letter) {
    for (RelationKind kind : values()) {
      if (kind.letter.equals(letter)) {
        return kind;
      }
    }
    return OTHER;
  }

  /** With its article, for messages. */
  public String description() {
    return description;
  }
}
