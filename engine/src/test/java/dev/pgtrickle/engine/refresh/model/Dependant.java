package dev.pgtrickle.engine.refresh.model;

/**
 * A stream table over the upstream and the base table.
 *
 * @param epoch of the upstream, as it was read
 * @param number of the upstream, up to which its log was read
 * @param ofUpstream what came of that
 * @param base how many writes of the base table are in its other part
 */
record Dependant(int epoch, int number, Content ofUpstream, int base) {}
