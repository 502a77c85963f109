package dev.pgtrickle.cli.bench.growth;

import dev.pgtrickle.testbed.postgres.SqlSession;
import dev.pgtrickle.testbed.tpch.TpchScale;
import java.math.BigInteger;
import java.sql.SQLException;

/**
 * Ten changed rows a round, the same ones in kind at every size: five of lineitem, two of orders,
 * two of partsupp, one of customer. Where they are is by chance, what they become is what questions
 * ask for, so that they do not stop at the first filter.
 */
final class TenRows {
  private static final double GOLDEN = 0.6180339887;
  private static final int ORDERS = 7;
  private static final long BRANDS_AND_CONTAINERS = 1_000;

  /** The first part that question 17 asks for; another one in every thousand. */
  private static final long WANTED_PART = 7;

  private static final String[] STATEMENTS = {
    "BEGIN",
    """
    UPDATE lineitem SET l_quantity = 10, l_extendedprice = l_extendedprice + 1, l_discount = 0.06,
      l_shipdate = date '1994-06-15', l_commitdate = date '1994-06-20',
      l_receiptdate = date '1994-06-30', l_shipmode = 'MAIL', l_returnflag = 'R'
    WHERE l_linenumber = 1 AND l_orderkey IN (%1$d, %2$d)\
    """,
    """
    UPDATE lineitem SET l_partkey = %8$d, l_quantity = 15, l_shipmode = 'AIR',
      l_suppkey = (SELECT min(ps_suppkey) FROM partsupp WHERE ps_partkey = %8$d),
      l_shipinstruct = 'DELIVER IN PERSON', l_shipdate = date '1995-09-10'
    WHERE l_linenumber = 1 AND l_orderkey = %3$d\
    """,
    "DELETE FROM lineitem WHERE l_linenumber = 1 AND l_orderkey = %4$d",
    """
    INSERT INTO lineitem
    SELECT l_orderkey, l_partkey, l_suppkey, 8, l_quantity, l_extendedprice, l_discount, l_tax,
      l_returnflag, l_linestatus, l_shipdate, l_commitdate, l_receiptdate, l_shipinstruct,
      l_shipmode, l_comment
    FROM lineitem WHERE l_linenumber = 1 AND l_orderkey = %5$d
    ON CONFLICT DO NOTHING\
    """,
    """
    UPDATE orders SET o_orderdate = date '1994-03-01', o_orderpriority = '1-URGENT'
    WHERE o_orderkey = %6$d\
    """,
    "UPDATE orders SET o_custkey = 1 + o_custkey %% %9$d WHERE o_orderkey = %7$d",
    """
    UPDATE customer SET c_acctbal = c_acctbal + 1, c_mktsegment = 'BUILDING'
    WHERE c_custkey = %10$d\
    """,
    """
    UPDATE partsupp SET ps_supplycost = ps_supplycost + 0.01
    WHERE (ps_partkey, ps_suppkey)
      = (SELECT ps_partkey, min(ps_suppkey) FROM partsupp WHERE ps_partkey = %11$d GROUP BY 1)\
    """,
    """
    UPDATE partsupp SET ps_availqty = 5
    WHERE (ps_partkey, ps_suppkey)
      = (SELECT ps_partkey, max(ps_suppkey) FROM partsupp WHERE ps_partkey = %11$d GROUP BY 1)\
    """,
    "COMMIT"
  };

  private final TpchScale scale;
  private int rounds;

  TenRows(TpchScale scale) {
    this.scale = scale;
  }

  /** Changes the next ones, in the first schema of the session's search_path. */
  void change(SqlSession session) throws SQLException {
    Object[] values = {
      order(0),
      order(1),
      order(2),
      order(3),
      order(4),
      order(5),
      order(6),
      wantedPart(),
      (long) scale.customers(),
      key(rounds, scale.customers()),
      key(rounds, scale.parts())
    };
    for (String statement : STATEMENTS) {
      session.execute(statement.formatted(values));
    }
    rounds++;
  }

  private long wantedPart() {
    long thousands = Math.max(1, scale.parts() / BRANDS_AND_CONTAINERS);
    return WANTED_PART + BRANDS_AND_CONTAINERS * (rounds % thousands);
  }

  private long order(int place) {
    return key((long) rounds * ORDERS + place, scale.orders());
  }

  /** Steps of the golden section reach every key, and none twice before that. */
  private static long key(long step, long keys) {
    long stride = Math.max(1, Math.round(keys * GOLDEN));
    while (BigInteger.valueOf(stride).gcd(BigInteger.valueOf(keys)).intValue() != 1) {
      stride++;
    }
    return 1 + step * stride % keys;
  }
}
