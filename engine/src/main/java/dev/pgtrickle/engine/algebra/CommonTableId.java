package dev.pgtrickle.engine.algebra;

/** The identity of a common table in the whole plan of a query. */
public record CommonTableId(int number) {}
