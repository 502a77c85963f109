package dev.pgtrickle.operator.database;

/** The resource of a table. */
public record TableId(String namespace, String name) {}
