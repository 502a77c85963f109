package dev.pgtrickle.engine.refresh.model;

/**
 * What the rows of the upstream were computed from.
 *
 * @param definition by which query
 * @param base how many writes of the base table are in them
 */
record Content(int definition, int base) {}
