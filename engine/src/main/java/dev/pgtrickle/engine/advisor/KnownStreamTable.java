package dev.pgtrickle.engine.advisor;

import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.postgres.QualifiedName;

/**
 * A stream table that a query could read instead of computing its rows again.
 *
 * @param plan of its query: normalised, with its types, refined to one answer, and deterministic
 */
public record KnownStreamTable(QualifiedName name, Operator plan) {}
