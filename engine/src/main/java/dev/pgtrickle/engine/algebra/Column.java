package dev.pgtrickle.engine.algebra;

import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.relations.ColumnType;
import dev.pgtrickle.engine.relations.Nullability;

/**
 * A column that an operator puts out.
 *
 * @param name unique among the columns of its operator; what generated SQL calls it
 * @param nullability whether NULL is proven impossible
 */
public record Column(ColumnId id, Identifier name, ColumnType type, Nullability nullability) {}
