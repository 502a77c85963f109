package dev.pgtrickle.cli.bench;

import java.util.Optional;

/**
 * What a figure has to stay below.
 *
 * @param baseline the variant that the bound is a multiple of; empty = the bound is absolute
 */
public record Limit(String variant, Measure measure, Optional<String> baseline, double bound) {

  public static Limit ratio(String variant, Measure measure, String baseline, double bound) {
    return new Limit(variant, measure, Optional.of(baseline), bound);
  }

  public static Limit absolute(String variant, Measure measure, double bound) {
    return new Limit(variant, measure, Optional.empty(), bound);
  }
}
