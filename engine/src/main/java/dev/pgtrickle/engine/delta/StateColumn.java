package dev.pgtrickle.engine.delta;

import dev.pgtrickle.engine.postgres.Identifier;

/**
 * A number that is kept for every group and changes by addition.
 *
 * @param type of the stored number
 * @param fromRows its aggregate over the rows of a group, never NULL
 * @param fromChanges the aggregate over signed rows that is added to it, never NULL
 */
public record StateColumn(Identifier name, String type, String fromRows, String fromChanges) {}
