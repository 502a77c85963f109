package dev.pgtrickle.engine.definition;

import dev.pgtrickle.engine.postgres.Identifier;
import java.util.List;

/** An index that the user wants on the result. */
public record IndexDefinition(List<Identifier> columns, Identifier method, Uniqueness uniqueness) {

  /** Whether the index also is a constraint. */
  public enum Uniqueness {
    UNIQUE,
    NOT_UNIQUE
  }
}
