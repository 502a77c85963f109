package dev.pgtrickle.engine.postgres;

/** The number under which a worker owns a database; a later owner has a higher one (P13). */
public record FenceEpoch(long value) {}
