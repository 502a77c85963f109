package dev.pgtrickle.engine.sql.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The decisions of a generator. They are recorded, and can be repeated and shortened: 0 is always
 * the simplest choice, and what is missing at the end is 0.
 */
final class Choices {
  private final List<Integer> taken = new ArrayList<>();
  private final List<Integer> given;
  private final SplittableRandom random;
  private final Source source;

  private enum Source {
    CHANCE,
    RECORD
  }

  private Choices(List<Integer> given, SplittableRandom random, Source source) {
    this.given = given;
    this.random = random;
    this.source = source;
  }

  static Choices random(long seed) {
    return new Choices(List.of(), new SplittableRandom(seed), Source.CHANCE);
  }

  static Choices repeated(List<Integer> given) {
    return new Choices(given, new SplittableRandom(0), Source.RECORD);
  }

  /** A number from 0 to below the bound. */
  int next(int bound) {
    int choice =
        switch (source) {
          case CHANCE -> random.nextInt(bound);
          case RECORD -> taken.size() < given.size() ? given.get(taken.size()) % bound : 0;
        };
    taken.add(choice);
    return choice;
  }

  /** One of them; the first is the simplest. */
  @SafeVarargs
  final <T> T of(T... values) {
    return values[next(values.length)];
  }

  /** True once in so many times; false is the simpler answer. */
  boolean once(int in) {
    return next(in) == in - 1;
  }

  List<Integer> taken() {
    return List.copyOf(taken);
  }
}
