package dev.pgtrickle.binding;

import dev.pgtrickle.engine.definition.StreamTableDefinition;

/** A resource that the engine can be given: where it lives and what it is there. */
public record BoundStreamTable(
    ServerReference server, String database, StreamTableDefinition definition) {}
