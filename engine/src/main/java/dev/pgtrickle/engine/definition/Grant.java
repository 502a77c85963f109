package dev.pgtrickle.engine.definition;

import dev.pgtrickle.engine.postgres.Identifier;

/** SELECT on the relation for a role. */
public record Grant(Identifier role) {}
