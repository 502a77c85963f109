package dev.pgtrickle.cli.bench.delta;

import dev.pgtrickle.testbed.postgres.SqlSession;
import dev.pgtrickle.testbed.tpch.TpchData;
import dev.pgtrickle.testbed.tpch.TpchScale;
import java.math.BigInteger;
import java.sql.SQLException;

/**
 * Rounds of changes of lineitem: of a hundred changed rows seventy are updates, fifteen deletes and
 * fifteen inserts, order by order, all over the table. The orders follow each other in a
 * permutation; some are without lines, and the longest such ones get new lines next, so that the
 * table stays as large as it was.
 */
final class FactChanges {
  private static final double LINES_OF_AN_ORDER = 4;
  private static final double MOVING = 0.15;
  private static final double UPDATED = 0.7;
  private static final double GOLDEN = 0.6180339887;

  private final TpchScale scale;
  private final long stride;
  private long firstWithoutLines;
  private long firstWithLines;
  private int generation;

  FactChanges(TpchScale scale) {
    this.scale = scale;
    this.stride = stride(scale.orders());
  }

  private static long stride(long orders) {
    long stride = Math.max(1, Math.round(orders * GOLDEN));
    while (BigInteger.valueOf(stride).gcd(BigInteger.valueOf(orders)).intValue() != 1) {
      stride++;
    }
    return stride;
  }

  /** Before rounds of so many rows: enough orders must be without lines. */
  void prepare(SqlSession session, long rows) throws SQLException {
    long missing = ordersOf(rows * MOVING) - (firstWithLines - firstWithoutLines);
    if (missing > 0) {
      delete(session, missing);
    }
  }

  /** About so many changed rows. */
  void round(SqlSession session, long rows) throws SQLException {
    generation++;
    long moving = ordersOf(rows * MOVING);
    session.execute(
        "INSERT INTO lineitem "
            + new TpchData(scale, generation).lines(orders(firstWithoutLines, moving)));
    firstWithoutLines += moving;
    delete(session, moving);
    session.execute(
        """
        UPDATE lineitem SET
          l_extendedprice = l_extendedprice + 1,
          l_discount = ((hashint8extended(l_orderkey * 8 + l_linenumber, %d) & 2147483647) %% 11) / 100.0
        FROM (%s) AS chosen (o)
        WHERE l_orderkey = chosen.o\
        """
            .formatted(generation, orders(firstWithLines, ordersOf(rows * UPDATED))));
  }

  private void delete(SqlSession session, long orders) throws SQLException {
    session.execute(
        "DELETE FROM lineitem USING (%s) AS chosen (o) WHERE l_orderkey = chosen.o"
            .formatted(orders(firstWithLines, orders)));
    firstWithLines += orders;
  }

  private String orders(long first, long count) {
    return "SELECT 1 + place * %d %% %d FROM generate_series(%d::bigint, %d) AS place"
        .formatted(stride, scale.orders(), first, first + count - 1);
  }

  private static long ordersOf(double rows) {
    return Math.max(1, Math.round(rows / LINES_OF_AN_ORDER));
  }
}
