package dev.pgtrickle.cli.bench.delta;

import java.util.Locale;

/** The queries that are kept. Each has a key, so that a view can be refreshed concurrently. */
public enum DeltaShape {
  FILTER(
      """
      SELECT l_orderkey, l_linenumber, l_quantity, l_extendedprice
      FROM lineitem
      WHERE l_discount >= 0.08\
      """,
      "l_orderkey, l_linenumber"),
  AGGREGATE(
      """
      SELECT l_suppkey, count(*) AS lines, sum(l_quantity) AS quantity,
             sum(l_extendedprice) AS price
      FROM lineitem
      GROUP BY l_suppkey\
      """,
      "l_suppkey"),
  JOIN(
      """
      SELECT l_orderkey, l_linenumber, l_extendedprice, o_custkey, o_orderdate
      FROM lineitem
      JOIN orders ON o_orderkey = l_orderkey
      WHERE o_orderdate >= date '1997-01-01'\
      """,
      "l_orderkey, l_linenumber"),
  JOIN_AGGREGATE(
      """
      SELECT o_orderdate, count(*) AS lines, sum(l_extendedprice) AS price
      FROM lineitem
      JOIN orders ON o_orderkey = l_orderkey
      GROUP BY o_orderdate\
      """,
      "o_orderdate"),
  THREE_WAY(
      """
      SELECT c_nationkey, c_mktsegment, extract(year FROM o_orderdate)::integer AS year,
             extract(month FROM o_orderdate)::integer AS month, count(*) AS lines,
             sum(l_extendedprice * (1 - l_discount)) AS revenue, avg(l_extendedprice) AS price
      FROM lineitem
      JOIN orders ON o_orderkey = l_orderkey
      JOIN customer ON c_custkey = o_custkey
      GROUP BY c_nationkey, c_mktsegment, extract(year FROM o_orderdate)::integer,
               extract(month FROM o_orderdate)::integer\
      """,
      "c_nationkey, c_mktsegment, year, month");

  private final String query;
  private final String key;

  DeltaShape(String query, String key) {
    this.query = query;
    this.key = key;
  }

  String query() {
    return query;
  }

  /** The columns of the result that tell its rows apart. */
  String key() {
    return key;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
