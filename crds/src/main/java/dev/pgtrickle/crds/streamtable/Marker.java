package dev.pgtrickle.crds.streamtable;

/** {@code {}}: that the field is there is all it says. */
public record Marker() {}
