package dev.pgtrickle.cli.bench;

import java.util.List;
import java.util.Map;

/**
 * A comparison that is ready to run.
 *
 * @param baseline the variant that the others are set against
 * @param setting what has to be known to read the figures, in order
 */
public record Benchmark(
    String name,
    List<Variant> variants,
    String baseline,
    List<Limit> limits,
    Map<String, String> setting) {}
