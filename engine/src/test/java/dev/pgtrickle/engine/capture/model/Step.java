package dev.pgtrickle.engine.capture.model;

/**
 * Something that may happen next.
 *
 * @param to the state it leads to
 */
record Step(String name, World to) {}
