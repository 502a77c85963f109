package dev.pgtrickle.engine.delta;

import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.property.EqualityPairs;
import dev.pgtrickle.engine.postgres.Identifier;

/**
 * One side of a join that is asked whether rows of the other one have a match.
 *
 * @param operator the side that is asked
 * @param delta its changes
 * @param condition what makes a match
 * @param pairs the part of the condition by which rows that may be concerned are found
 */
record Lookup(Operator operator, DeltaNode delta, Scalar condition, EqualityPairs pairs) {
  static final Identifier ALIAS = Identifier.of("other");
}
