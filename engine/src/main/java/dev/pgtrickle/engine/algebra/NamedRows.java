package dev.pgtrickle.engine.algebra;

import dev.pgtrickle.engine.postgres.Identifier;
import java.util.List;

/**
 * Rows that stand under a name around a query, such as a common table of the statement.
 *
 * @param columns their names, in order
 */
public record NamedRows(Identifier name, List<Identifier> columns) {}
