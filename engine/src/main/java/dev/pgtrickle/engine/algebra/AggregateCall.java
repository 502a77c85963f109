package dev.pgtrickle.engine.algebra;

import java.util.Optional;

/**
 * One aggregate of a group.
 *
 * @param argument a column of the input; empty for COUNT_ROWS only
 */
public record AggregateCall(Column column, AggregateFunction function, Optional<Column> argument) {}
