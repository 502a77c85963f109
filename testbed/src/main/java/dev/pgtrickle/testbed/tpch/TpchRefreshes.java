package dev.pgtrickle.testbed.tpch;

import java.util.List;

/**
 * Steady work on the tables: new orders with their lines, old ones that go, and some changes of the
 * others. Sizes are the same in every round, so that rounds can be compared.
 */
public final class TpchRefreshes {
  private static final int ONE_IN_TEN = 10;

  private final TpchScale scale;
  private final int orders;
  private int round;

  /**
   * Refreshes of tables that {@link TpchData} made.
   *
   * @param percent of the orders that come, that go, and of which a line changes in a round
   */
  public TpchRefreshes(TpchScale scale, double percent) {
    this.scale = scale;
    this.orders = (int) Math.max(1, Math.round(scale.orders() * percent / 100));
  }

  /** Orders that come in a round; as many go. */
  public int orders() {
    return orders;
  }

  /** The statements of the next round. */
  public List<String> next() {
    round++;
    TpchRows rows = new TpchRows(scale, round);
    long oldest = 1 + (long) (round - 1) * orders;
    long newest = scale.orders() + oldest;
    int some = Math.max(1, orders / ONE_IN_TEN);
    return List.of(
        "INSERT INTO orders " + rows.orders(newest, newest + orders - 1),
        "INSERT INTO lineitem "
            + rows.lines(
                "SELECT generate_series(%d::bigint, %d)".formatted(newest, newest + orders - 1)),
        "DELETE FROM lineitem WHERE l_orderkey BETWEEN %d AND %d"
            .formatted(oldest, oldest + orders - 1),
        "DELETE FROM orders WHERE o_orderkey BETWEEN %d AND %d"
            .formatted(oldest, oldest + orders - 1),
        """
        UPDATE lineitem SET l_quantity = 51 - l_quantity, l_extendedprice = l_extendedprice + 1
        WHERE l_linenumber = 1 AND l_orderkey BETWEEN %d AND %d\
        """
            .formatted(oldest + orders, oldest + 2L * orders - 1),
        "UPDATE customer SET c_acctbal = c_acctbal + 1 WHERE c_custkey "
            + some(some, scale.customers()),
        "UPDATE part SET p_size = 1 + p_size % 50 WHERE p_partkey " + some(some, scale.parts()),
        "UPDATE partsupp SET ps_supplycost = ps_supplycost + 0.01 WHERE ps_partkey "
            + some(some, scale.parts()),
        "UPDATE supplier SET s_acctbal = s_acctbal + 1 WHERE s_suppkey "
            + some(1, scale.suppliers()));
  }

  private String some(int rows, int of) {
    long first = 1 + (long) round * rows % of;
    return "BETWEEN %d AND %d".formatted(first, first + rows - 1);
  }
}
