package dev.pgtrickle.engine.sql.resolve;

/**
 * What the text of a call does not tell.
 *
 * @param aggregate whether it is an aggregate where it is called without OVER
 * @param setReturning whether it can give several rows
 */
public record FunctionTraits(boolean aggregate, boolean setReturning) {}
