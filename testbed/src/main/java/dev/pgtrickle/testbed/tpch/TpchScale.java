package dev.pgtrickle.testbed.tpch;

/**
 * How many rows there are. Scale factor 1 is 6 million lines, about 1 GB.
 *
 * @param factor from 0.001 up
 */
public record TpchScale(double factor) {
  private static final double LEAST = 0.001;
  private static final double LINES_OF_AN_ORDER = 4;
  private static final double ORDERS = 1_500_000;

  public TpchScale {
    if (!(factor >= LEAST)) {
      throw new IllegalArgumentException("a scale factor is at least " + LEAST + ": " + factor);
    }
  }

  /** The scale at which lineitem has about so many rows. */
  public static TpchScale ofLines(long lines) {
    return new TpchScale(Math.max(LEAST, lines / (LINES_OF_AN_ORDER * ORDERS)));
  }

  public int suppliers() {
    return of(10_000);
  }

  public int parts() {
    return of(200_000);
  }

  public int customers() {
    return of(150_000);
  }

  public int orders() {
    return of(ORDERS);
  }

  private int of(double rows) {
    return (int) Math.round(rows * factor);
  }
}
