package dev.pgtrickle.engine.advisor;

import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.QualifiedName;

/** A column of a source whose values go into a column of the result. */
public record ColumnOrigin(QualifiedName relation, Identifier column) {

  @Override
  public String toString() {
    return relation + "." + column.name();
  }
}
