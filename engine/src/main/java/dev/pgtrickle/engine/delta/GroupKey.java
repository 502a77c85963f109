package dev.pgtrickle.engine.delta;

import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.relations.Nullability;

/**
 * What tells the groups of an operator apart: an expression over its input.
 *
 * @param nullability whether a group may have NULL for it
 */
record GroupKey(Scalar scalar, Nullability nullability) {}
