package dev.pgtrickle.cli.bench;

/** Something that is measured in every round, smaller being better. */
public record Measure(String name, String unit) {}
