package dev.pgtrickle.testbed.questions;

/**
 * A query that has a name.
 *
 * @param sql without a final semicolon
 */
public record Question(String name, String sql) {}
