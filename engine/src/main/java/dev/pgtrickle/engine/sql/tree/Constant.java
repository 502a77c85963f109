package dev.pgtrickle.engine.sql.tree;

/** A literal without its cast: a number, a string, NULL, TRUE or FALSE. */
public record Constant(String text, int offset) implements Expression {}
