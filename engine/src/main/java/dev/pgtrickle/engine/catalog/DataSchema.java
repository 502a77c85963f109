package dev.pgtrickle.engine.catalog;

import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.QualifiedName;

/** Names in the schema that holds storage, guards, buffers and capture functions. */
public final class DataSchema {
  public static final Identifier NAME = Identifier.of("pgtrickle_data");

  private DataSchema() {}

  public static QualifiedName table(String name) {
    return new QualifiedName(NAME, Identifier.of(name));
  }
}
