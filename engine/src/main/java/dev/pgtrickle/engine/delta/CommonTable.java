package dev.pgtrickle.engine.delta;

import dev.pgtrickle.engine.postgres.Identifier;

/**
 * One named part of a WITH clause.
 *
 * @param comment what it stands for, in one line
 * @param parameters whether a {@code ?} in the body is a parameter; elsewhere it is an operator
 */
public record CommonTable(
    Identifier name, String comment, Storing storing, Parameters parameters, String body) {

  /** Whether PostgreSQL computes it once, by itself, or as part of what reads it. */
  public enum Storing {
    MATERIALIZED,
    INLINE
  }

  /** What a question mark means. */
  public enum Parameters {
    PRESENT,
    NONE
  }

  public static CommonTable inline(String name, String comment, String body) {
    return new CommonTable(Identifier.of(name), comment, Storing.INLINE, Parameters.NONE, body);
  }

  public static CommonTable materialized(String name, String comment, String body) {
    return new CommonTable(
        Identifier.of(name), comment, Storing.MATERIALIZED, Parameters.NONE, body);
  }
}
