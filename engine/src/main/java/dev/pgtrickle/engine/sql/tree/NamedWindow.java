package dev.pgtrickle.engine.sql.tree;

import dev.pgtrickle.engine.postgres.Identifier;

/** An entry of the WINDOW clause. */
public record NamedWindow(Identifier name, WindowSpecification specification) {}
