package dev.pgtrickle.engine.sql.tree;

import dev.pgtrickle.engine.postgres.Identifier;

/** What stands after OVER. */
public sealed interface WindowReference {

  record Named(Identifier name) implements WindowReference {}

  record Inline(WindowSpecification specification) implements WindowReference {}
}
