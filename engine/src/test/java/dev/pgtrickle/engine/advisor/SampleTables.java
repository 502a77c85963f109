package dev.pgtrickle.engine.advisor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Definitions of stream tables over the suites. */
record SampleTables(Map<String, String> definitions) {
  static final SampleTables CORPUS =
      new SampleTables(
          Map.of(
              "paid",
              "SELECT id, cust_id, amount FROM ord WHERE status = 'paid'",
              "joined",
              "SELECT o.id AS oid, c.id, c.name, o.amount, o.status FROM ord o JOIN cust c ON"
                  + " o.cust_id = c.id",
              "by_status",
              "SELECT status, count(*) AS n FROM ord GROUP BY status",
              "by_both",
              "SELECT status, cust_id, count(*) AS n FROM ord GROUP BY status, cust_id",
              "sums",
              "SELECT cust_id, sum(qty) AS s FROM ord GROUP BY cust_id",
              "names",
              "SELECT DISTINCT region FROM cust",
              "two",
              "SELECT id FROM cust UNION ALL SELECT id FROM emp",
              "optional",
              "SELECT c.id, c.name, o.qty, o.amount FROM cust c LEFT JOIN ord o ON o.cust_id = c.id",
              "latest",
              "SELECT DISTINCT ON (cust_id) cust_id, id FROM ord ORDER BY cust_id, placed DESC, id",
              "everything",
              "SELECT * FROM ord"));

  static final SampleTables TPCH =
      new SampleTables(
          Map.of(
              "lines",
              "SELECT * FROM lineitem",
              "orders_lines",
              "SELECT o.o_orderkey, o.o_custkey, o.o_orderdate, o.o_shippriority, l.l_suppkey,"
                  + " l.l_extendedprice, l.l_discount, l.l_shipdate FROM orders o JOIN lineitem l ON"
                  + " l.l_orderkey = o.o_orderkey",
              "suppliers",
              "SELECT s.s_suppkey, s.s_nationkey, n.n_name FROM supplier s JOIN nation n ON"
                  + " s.s_nationkey = n.n_nationkey",
              "sizes",
              "SELECT l_orderkey, sum(l_quantity) AS quantity FROM lineitem GROUP BY l_orderkey",
              "late",
              "SELECT l_orderkey, l_suppkey FROM lineitem WHERE l_receiptdate > l_commitdate"));

  /** What is believed, and what the table holds. */
  static final List<List<String>> WRONG =
      List.of(
          List.of(
              "SELECT id, amount FROM ord WHERE status = 'paid'",
              "SELECT id, amount FROM ord WHERE status = 'new'"),
          List.of("SELECT DISTINCT cust_id FROM ord", "SELECT cust_id FROM ord"),
          List.of(
              "SELECT c.id, o.qty FROM cust c LEFT JOIN ord o ON o.cust_id = c.id AND o.qty > 5",
              "SELECT c.id, o.qty FROM cust c JOIN ord o ON o.cust_id = c.id AND o.qty > 5"),
          List.of(
              "SELECT cust_id, sum(amount) AS s FROM ord GROUP BY cust_id",
              "SELECT cust_id, sum(amount) * 1.0 AS s FROM ord GROUP BY cust_id"));

  List<KnownStreamTable> known(PlannedQueries queries) {
    List<KnownStreamTable> known = new ArrayList<>();
    new TreeMap<>(definitions)
        .forEach((name, definition) -> known.add(queries.known(name, definition)));
    return known;
  }
}
