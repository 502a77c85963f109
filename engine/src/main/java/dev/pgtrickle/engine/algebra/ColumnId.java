package dev.pgtrickle.engine.algebra;

/** The identity of a column in the whole plan of a query, wherever it is passed through. */
public record ColumnId(int number) {}
