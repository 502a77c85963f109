package dev.pgtrickle.cli.bench;

import java.util.Optional;

/**
 * What a figure has to keep.
 *
 * @param baseline the variant that the figure is set against; empty = it is judged as it is
 */
public record Limit(
    String variant, Measure measure, Optional<String> baseline, Sense sense, double bound) {

  /** On which side of the bound it is good to be. */
  public enum Sense {
    AT_MOST("atMost"),
    AT_LEAST("atLeast");

    private final String word;

    Sense(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  /** At most so many times what the baseline takes. */
  public static Limit ratio(String variant, Measure measure, String baseline, double bound) {
    return new Limit(variant, measure, Optional.of(baseline), Sense.AT_MOST, bound);
  }

  /** The baseline takes at least so many times as much. */
  public static Limit speedUp(String variant, Measure measure, String baseline, double bound) {
    return new Limit(variant, measure, Optional.of(baseline), Sense.AT_LEAST, bound);
  }

  public static Limit absolute(String variant, Measure measure, double bound) {
    return new Limit(variant, measure, Optional.empty(), Sense.AT_MOST, bound);
  }
}
