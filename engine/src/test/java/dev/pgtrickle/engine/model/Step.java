package dev.pgtrickle.engine.model;

/**
 * Something that may happen next.
 *
 * @param to the state it leads to
 */
public record Step<W extends State>(String name, W to) {}
