package dev.pgtrickle.engine.advisor;

import dev.pgtrickle.engine.postgres.Identifier;
import java.util.List;

/**
 * Where the values of a column of the result come from. Conditions and groups, which only decide
 * about rows, do not count.
 *
 * @param origins sorted by name; empty for what is computed from no column
 */
public record ColumnLineage(Identifier column, List<ColumnOrigin> origins) {}
