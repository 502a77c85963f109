package dev.pgtrickle.engine.sql.tree;

import dev.pgtrickle.engine.postgres.Identifier;
import java.util.List;

/**
 * All columns of a table as one value, {@code "t".*}.
 *
 * @param path of the table
 */
public record WholeRow(List<Identifier> path, int offset) implements Expression {}
