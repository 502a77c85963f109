package dev.pgtrickle.engine.delta;

import dev.pgtrickle.engine.postgres.Identifier;

/** Names that no column of a user has: they all begin with two underscores. */
public final class HiddenColumns {
  /** The sign and number of a row in a delta. */
  public static final Identifier WEIGHT = Identifier.of("__weight");

  /** How many rows of the input a group has. */
  public static final Identifier COUNT = Identifier.of("__count");

  /** The hash of a key or of a whole row. */
  public static final Identifier HASH = Identifier.of("__hash");

  private HiddenColumns() {}

  /** Of the argument number {@code argument}: how many of its values are not NULL. */
  static Identifier values(int argument) {
    return Identifier.of("__values_" + argument);
  }

  /** The sum of the finite values. */
  static Identifier sum(int argument) {
    return Identifier.of("__sum_" + argument);
  }

  /** How many values are NaN: adding NaN could never be undone. */
  static Identifier notNumbers(int argument) {
    return Identifier.of("__nan_" + argument);
  }

  /** How many finite values there are of each scale, as the digits of one number. */
  static Identifier scales(int argument) {
    return Identifier.of("__scales_" + argument);
  }

  /** How many values are true. */
  static Identifier trues(int argument) {
    return Identifier.of("__trues_" + argument);
  }

  /** What bit_xor makes of the values. */
  static Identifier bits(int argument) {
    return Identifier.of("__bits_" + argument);
  }

  static Identifier least(int argument) {
    return Identifier.of("__least_" + argument);
  }

  static Identifier greatest(int argument) {
    return Identifier.of("__greatest_" + argument);
  }

  static Identifier positiveInfinities(int argument) {
    return Identifier.of("__pinf_" + argument);
  }

  static Identifier negativeInfinities(int argument) {
    return Identifier.of("__ninf_" + argument);
  }
}
