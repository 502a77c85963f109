package dev.pgtrickle.testbed.tpch;

import java.util.Random;

/** Chooses the rows that a change concerns, and keys that were never there. */
final class TpchKeys {
  private final Random random;
  private final TpchScale scale;
  private final int mostRows;
  private long fresh;

  /** The keys of a run: what was chosen before decides what is chosen next. */
  TpchKeys(Random random, TpchScale scale, int mostRows) {
    this.random = random;
    this.scale = scale;
    this.mostRows = mostRows;
    this.fresh = 10L * scale.orders();
  }

  /** Keys that follow each other. */
  record Range(long first, long last) {
    String of(String column) {
      return "%s BETWEEN %d AND %d".formatted(column, first, last);
    }

    long rows() {
      return last - first + 1;
    }
  }

  Range suppliers() {
    return range(1, scale.suppliers());
  }

  Range parts() {
    return range(1, scale.parts());
  }

  Range customers() {
    return range(1, scale.customers());
  }

  Range orders() {
    return range(1, scale.orders());
  }

  Range nations() {
    return range(0, TpchWords.NATIONS.size() - 1);
  }

  Range regions() {
    int region = random.nextInt(TpchWords.REGIONS.size());
    return new Range(region, region);
  }

  /** As many as in the range; no row of any table ever had one of them. */
  Range fresh(long rows) {
    Range range = new Range(fresh, fresh + rows - 1);
    fresh += rows;
    return range;
  }

  Range fresh() {
    return fresh(1 + random.nextInt(mostRows));
  }

  private Range range(long least, long greatest) {
    long first = least + random.nextLong(greatest - least + 1);
    return new Range(first, Math.min(greatest, first + random.nextInt(mostRows)));
  }
}
