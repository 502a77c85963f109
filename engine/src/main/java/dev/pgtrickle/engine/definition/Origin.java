package dev.pgtrickle.engine.definition;

/** Who asked for a table: the manifest's or resource's identity. */
public record Origin(String namespace, String name, String uid) {}
