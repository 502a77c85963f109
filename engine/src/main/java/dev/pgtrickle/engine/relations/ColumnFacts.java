package dev.pgtrickle.engine.relations;

import dev.pgtrickle.engine.postgres.Identifier;

/** One column of a relation, dropped ones left out. */
public record ColumnFacts(
    int attributeNumber,
    Identifier name,
    ColumnType type,
    Nullability nullability,
    Generation generation) {}
