package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.postgres.Identifier;

/**
 * A column of a storage table.
 *
 * @param type as PostgreSQL's format_type prints it, schema-qualified where needed
 * @param collation a COLLATE clause's operand, or empty for the type's default
 * @param visibility whether it is a column of the query; hidden names begin with {@code __}
 */
public record StorageColumn(
    Identifier name,
    String type,
    String collation,
    Nullability nullability,
    Visibility visibility) {

  /** Whether NULL can occur, as far as it is proven. */
  public enum Nullability {
    NULLABLE,
    NOT_NULL
  }

  /** Whether readers see the column. */
  public enum Visibility {
    VISIBLE,
    HIDDEN
  }
}
