package dev.pgtrickle.engine.advisor;

import dev.pgtrickle.engine.algebra.Operator;

/**
 * A part of a query that is a query by itself.
 *
 * @param rows gives the columns that the rest of the query uses, and no others
 */
record Part(Operator rows, Advice.Extent extent) {}
