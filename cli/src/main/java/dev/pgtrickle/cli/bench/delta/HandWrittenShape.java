package dev.pgtrickle.cli.bench.delta;

/**
 * What a person would write for one shape, knowing that only lineitem changes. Deletions need no
 * join, sums are made before the join, and nothing is netted that need not be.
 *
 * @param table the result
 * @param initial its first rows
 * @param merge brings it up to date; {@code d} are the changed lines, signed by weight
 * @param visible the result as readers see it
 */
record HandWrittenShape(String table, String initial, String merge, String visible) {
  static final String RESULT = "trickle_bench_hand.result";

  private static final String OF_ONE_KEY =
      """
      SELECT l_orderkey, l_linenumber, bool_or(weight > 0) AS stays,
             max(l_quantity) FILTER (WHERE weight > 0) AS l_quantity,
             max(l_extendedprice) FILTER (WHERE weight > 0) AS l_extendedprice
      FROM (
        SELECT l_orderkey, l_linenumber, l_quantity, l_extendedprice, sum(weight) AS weight
        FROM d
        %s
        GROUP BY l_orderkey, l_linenumber, l_quantity, l_extendedprice
        HAVING sum(weight) <> 0) AS netted
      GROUP BY l_orderkey, l_linenumber\
      """;

  static HandWrittenShape of(DeltaShape shape) {
    return switch (shape) {
      case FILTER -> filter(shape.query());
      case AGGREGATE -> aggregate(shape.query());
      case JOIN -> join(shape.query());
      case JOIN_AGGREGATE -> joinAggregate(shape.query());
      case THREE_WAY -> threeWay();
    };
  }

  private static HandWrittenShape filter(String query) {
    return new HandWrittenShape(
        """
        l_orderkey bigint, l_linenumber integer, l_quantity numeric(15,2),
        l_extendedprice numeric(15,2), PRIMARY KEY (l_orderkey, l_linenumber)\
        """,
        query,
        """
        MERGE INTO trickle_bench_hand.result AS t
        USING (%s) AS s
        ON t.l_orderkey = s.l_orderkey AND t.l_linenumber = s.l_linenumber
        WHEN MATCHED AND NOT s.stays THEN DELETE
        WHEN MATCHED THEN
          UPDATE SET l_quantity = s.l_quantity, l_extendedprice = s.l_extendedprice
        WHEN NOT MATCHED AND s.stays THEN
          INSERT VALUES (s.l_orderkey, s.l_linenumber, s.l_quantity, s.l_extendedprice)\
        """
            .formatted(OF_ONE_KEY.formatted("WHERE l_discount >= 0.08")),
        "SELECT * FROM " + RESULT);
  }

  private static HandWrittenShape aggregate(String query) {
    return new HandWrittenShape(
        """
        l_suppkey bigint PRIMARY KEY, lines bigint NOT NULL, quantity numeric, price numeric\
        """,
        query,
        """
        MERGE INTO trickle_bench_hand.result AS t
        USING (
          SELECT l_suppkey, sum(weight) AS lines, sum(weight * l_quantity) AS quantity,
                 sum(weight * l_extendedprice) AS price
          FROM d
          GROUP BY l_suppkey) AS s
        ON t.l_suppkey = s.l_suppkey
        WHEN MATCHED AND t.lines + s.lines = 0 THEN DELETE
        WHEN MATCHED THEN
          UPDATE SET lines = t.lines + s.lines, quantity = t.quantity + s.quantity,
                     price = t.price + s.price
        WHEN NOT MATCHED AND s.lines > 0 THEN
          INSERT VALUES (s.l_suppkey, s.lines, s.quantity, s.price)\
        """,
        "SELECT * FROM " + RESULT);
  }

  private static HandWrittenShape join(String query) {
    return new HandWrittenShape(
        """
        l_orderkey bigint, l_linenumber integer, l_extendedprice numeric(15,2), o_custkey bigint,
        o_orderdate date, PRIMARY KEY (l_orderkey, l_linenumber)\
        """,
        query,
        """
        MERGE INTO trickle_bench_hand.result AS t
        USING (
          SELECT n.l_orderkey, n.l_linenumber, n.l_extendedprice, o_custkey, o_orderdate,
                 o_orderkey IS NOT NULL AS stays
          FROM (%s) AS n
          LEFT JOIN orders
            ON n.stays AND o_orderkey = n.l_orderkey AND o_orderdate >= date '1997-01-01') AS s
        ON t.l_orderkey = s.l_orderkey AND t.l_linenumber = s.l_linenumber
        WHEN MATCHED AND NOT s.stays THEN DELETE
        WHEN MATCHED THEN
          UPDATE SET l_extendedprice = s.l_extendedprice, o_custkey = s.o_custkey,
                     o_orderdate = s.o_orderdate
        WHEN NOT MATCHED AND s.stays THEN
          INSERT VALUES
            (s.l_orderkey, s.l_linenumber, s.l_extendedprice, s.o_custkey, s.o_orderdate)\
        """
            .formatted(OF_ONE_KEY.formatted("")),
        "SELECT * FROM " + RESULT);
  }

  private static HandWrittenShape joinAggregate(String query) {
    return new HandWrittenShape(
        "o_orderdate date PRIMARY KEY, lines bigint NOT NULL, price numeric",
        query,
        """
        MERGE INTO trickle_bench_hand.result AS t
        USING (
          SELECT o_orderdate, sum(p.lines) AS lines, sum(p.price) AS price
          FROM (
            SELECT l_orderkey, sum(weight) AS lines, sum(weight * l_extendedprice) AS price
            FROM d
            GROUP BY l_orderkey) AS p
          JOIN orders ON o_orderkey = p.l_orderkey
          GROUP BY o_orderdate) AS s
        ON t.o_orderdate = s.o_orderdate
        WHEN MATCHED AND t.lines + s.lines = 0 THEN DELETE
        WHEN MATCHED THEN UPDATE SET lines = t.lines + s.lines, price = t.price + s.price
        WHEN NOT MATCHED AND s.lines > 0 THEN INSERT VALUES (s.o_orderdate, s.lines, s.price)\
        """,
        "SELECT * FROM " + RESULT);
  }

  private static HandWrittenShape threeWay() {
    return new HandWrittenShape(
        """
        c_nationkey integer, c_mktsegment char(10), year integer, month integer,
        lines bigint NOT NULL, revenue numeric, prices numeric,
        PRIMARY KEY (c_nationkey, c_mktsegment, year, month)\
        """,
        """
        SELECT c_nationkey, c_mktsegment, extract(year FROM o_orderdate)::integer,
               extract(month FROM o_orderdate)::integer, count(*), sum(l_extendedprice * (1 - l_discount)),
               sum(l_extendedprice)
        FROM lineitem
        JOIN orders ON o_orderkey = l_orderkey
        JOIN customer ON c_custkey = o_custkey
        GROUP BY 1, 2, 3, 4\
        """,
        """
        MERGE INTO trickle_bench_hand.result AS t
        USING (
          SELECT c_nationkey, c_mktsegment, extract(year FROM o_orderdate)::integer AS year,
                 extract(month FROM o_orderdate)::integer AS month, sum(p.lines) AS lines,
                 sum(p.revenue) AS revenue, sum(p.prices) AS prices
          FROM (
            SELECT l_orderkey, sum(weight) AS lines,
                   sum(weight * l_extendedprice * (1 - l_discount)) AS revenue,
                   sum(weight * l_extendedprice) AS prices
            FROM d
            GROUP BY l_orderkey) AS p
          JOIN orders ON o_orderkey = p.l_orderkey
          JOIN customer ON c_custkey = o_custkey
          GROUP BY 1, 2, 3, 4) AS s
        ON t.c_nationkey = s.c_nationkey AND t.c_mktsegment = s.c_mktsegment
          AND t.year = s.year AND t.month = s.month
        WHEN MATCHED AND t.lines + s.lines = 0 THEN DELETE
        WHEN MATCHED THEN
          UPDATE SET lines = t.lines + s.lines, revenue = t.revenue + s.revenue,
                     prices = t.prices + s.prices
        WHEN NOT MATCHED AND s.lines > 0 THEN
          INSERT VALUES
            (s.c_nationkey, s.c_mktsegment, s.year, s.month, s.lines, s.revenue, s.prices)\
        """,
        """
        SELECT c_nationkey, c_mktsegment, year, month, lines, revenue, prices / lines AS price
        FROM trickle_bench_hand.result\
        """);
  }
}
