package dev.pgtrickle.engine.sql.tree;

import dev.pgtrickle.engine.postgres.Identifier;
import java.util.List;

/**
 * A column as the text names it.
 *
 * @param path the name, with its table's alias and that table's schema before it where they stand
 */
public record ColumnName(List<Identifier> path, int offset) implements Expression {}
