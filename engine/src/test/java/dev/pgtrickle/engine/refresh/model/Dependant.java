package dev.pgtrickle.engine.refresh.model;

/**
 * A stream table over the upstream and the base table.
 *
 * @param storage of the upstream that was read
 * @param number of the last transaction of the upstream that its frontier contains
 * @param ofUpstream what came of that
 * @param base how many writes of the base table are in its other part
 */
record Dependant(int storage, int number, Content ofUpstream, int base) {}
