package dev.pgtrickle.engine.advisor;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A small world made up by chance: what tables hold, and what expressions that nobody may look into
 * answer. The same question has the same answer, as with everything that is deterministic.
 *
 * @param rows most rows of a table
 * @param truth how many conditions of a hundred are true
 * @param nulls how many values of a hundred are missing
 * @param values how many values columns have
 * @param summaries how many values aggregates have
 */
record TrialWorld(long seed, int rows, int truth, int nulls, int values, int summaries) {
  /** Every value is a number; so is its absence. */
  static final long NULL = Long.MIN_VALUE;

  static final long FALSE = 0;
  static final long TRUE = 1;

  private static final int HUNDRED = 100;

  /** What a column or an expression can be. */
  enum Kind {
    /** Few values, so that they meet. */
    VALUE,
    TRUTH,
    /** Of aggregates: many values, so that groups are told apart, or few, so that they meet. */
    SUMMARY
  }

  static TrialWorld of(int number) {
    SplittableRandom random = new SplittableRandom(number);
    long seed = random.nextLong();
    // In every second world most things are true and meet, or joins would seldom have a row.
    return number % 2 == 0
        ? new TrialWorld(seed, 4, 40 + random.nextInt(50), 12, 1 + random.nextInt(3), 1_000_000)
        : new TrialWorld(
            seed, 1 + random.nextInt(3), 90 + random.nextInt(8), 3, 1 + random.nextInt(2), 2);
  }

  List<List<Long>> table(String name, List<Kind> columns) {
    SplittableRandom random = new SplittableRandom(mixed(List.of(), name));
    List<List<Long>> found = new ArrayList<>();
    // Nearly full tables, because joins of several seldom have rows otherwise; sometimes none.
    int count = random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(rows);
    for (int row = 0; row < count; row++) {
      found.add(columns.stream().map(kind -> value(kind, random)).toList());
    }
    return found;
  }

  long answer(String text, List<Long> operands, Kind kind) {
    return value(kind, new SplittableRandom(mixed(operands, text)));
  }

  private long value(Kind kind, SplittableRandom random) {
    int chance = random.nextInt(HUNDRED);
    return switch (kind) {
      case TRUTH -> chance < truth ? TRUE : chance < HUNDRED - (HUNDRED - truth) / 3 ? FALSE : NULL;
      case VALUE -> chance < nulls ? NULL : 2 + random.nextInt(values);
      case SUMMARY -> chance < nulls ? NULL : 2 + random.nextInt(summaries);
    };
  }

  private long mixed(List<Long> operands, String text) {
    long mixed = seed;
    for (int index = 0; index < text.length(); index++) {
      mixed = mixed(mixed, text.charAt(index));
    }
    for (long operand : operands) {
      mixed = mixed(mixed, operand);
    }
    return mixed(mixed, operands.size());
  }

  static long mixed(long before, long next) {
    long mixed = (before ^ next) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 32)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 29);
  }
}
