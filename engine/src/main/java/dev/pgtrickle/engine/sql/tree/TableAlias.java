package dev.pgtrickle.engine.sql.tree;

import dev.pgtrickle.engine.postgres.Identifier;
import java.util.List;

/** The name of an item of FROM, and new names for its columns, from the first one on. */
public record TableAlias(Identifier name, List<Identifier> columns) {}
