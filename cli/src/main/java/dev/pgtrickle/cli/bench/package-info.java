/**
 * Benchmarks: variants in interleaved rounds, medians, ratios, limits. All benchmarks report in
 * this one form.
 */
@NullMarked
package dev.pgtrickle.cli.bench;

import org.jspecify.annotations.NullMarked;
