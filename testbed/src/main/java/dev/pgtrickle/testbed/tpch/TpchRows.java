package dev.pgtrickle.testbed.tpch;

import dev.pgtrickle.testbed.draw.Draw;
import java.util.List;

/**
 * Queries that make rows. They need nothing but generate_series, so that any of them makes the same
 * rows again, and with another seed other rows of the same keys.
 *
 * @param seed of the values; which rows belong together depends on the scale alone
 */
record TpchRows(TpchScale scale, long seed) {
  private static final long LINES_AT_MOST = 8;

  /** A region or a nation is the same with every seed. */
  String regions(int first, int last) {
    return "SELECT i, %s, 'comment ' || i FROM generate_series(%d, %d) AS i"
        .formatted(Draw.word(TpchWords.REGIONS, "i"), first, last);
  }

  String nations(int first, int last) {
    return "SELECT i, %s, %s[1 + i], 'comment ' || i FROM generate_series(%d, %d) AS i"
        .formatted(Draw.word(TpchWords.NATIONS, "i"), TpchWords.REGION_OF_NATION, first, last);
  }

  /** Every nation has suppliers as soon as there are enough of them. */
  String suppliers(long first, long last) {
    Draw draw = new Draw("i", seed);
    return """
    SELECT i, 'Supplier#' || lpad(i::text, 9, '0'), 'street ' || i, nation,
           (10 + nation) || '-' || lpad((%s)::text, 7, '0'), %s,
           CASE WHEN i %% 20 = 5 THEN 'slow Customer, many Complaints' ELSE 'supplier ' || i END
    FROM (SELECT i, (i * 7 %% 25)::integer AS nation FROM generate_series(%d::bigint, %d) AS i) AS s\
    """
        .formatted(
            draw.below("s_phone", 10_000_000),
            draw.hundredths("s_acctbal", -99_999, 999_999),
            first,
            last);
  }

  /** Any thousand parts that follow each other have every brand in every container. */
  String parts(long first, long last) {
    Draw draw = new Draw("i", seed);
    return """
    SELECT i, %s || ' ' || %s || ' ' || %s, 'Manufacturer#' || 1 + i %% 25 / 5,
           'Brand#' || 1 + i %% 25 / 5 || 1 + i %% 5, %s || ' ' || %s || ' ' || %s,
           CASE container / 8 WHEN 0 THEN %s WHEN 2 THEN %s ELSE %s END,
           %s || ' ' || %s, %s, 'part ' || i
    FROM (SELECT i, (i / 25 * 11 + 17) %% 40 AS container FROM generate_series(%d::bigint, %d) AS i) AS p\
    """
        .formatted(
            draw.oneOf("first word", TpchWords.COLOURS),
            draw.oneOf("second word", TpchWords.COLOURS),
            draw.oneOf("third word", TpchWords.COLOURS),
            draw.oneOf("finish", TpchWords.FINISHES),
            draw.oneOf("coating", TpchWords.COATINGS),
            draw.oneOf("metal", TpchWords.METALS),
            draw.between("small p_size", 1, 10),
            draw.between("medium p_size", 1, 20),
            draw.between("p_size", 1, 50),
            Draw.word(TpchWords.CONTAINER_SIZES, "container / 8"),
            Draw.word(TpchWords.CONTAINERS, "container % 8"),
            retailPrice("i"),
            first,
            last);
  }

  /** Each part has four suppliers. */
  String partSuppliers(long first, long last) {
    Draw draw = new Draw("p * 4 + k", seed);
    return """
    SELECT p, %s, %s, %s, 'stock'
    FROM generate_series(%d::bigint, %d) AS p CROSS JOIN generate_series(0, 3) AS k\
    """
        .formatted(
            supplierOf("p", "k"),
            draw.between("ps_availqty", 1, 9_999),
            draw.hundredths("ps_supplycost", 100, 100_000),
            first,
            last);
  }

  String customers(long first, long last) {
    Draw draw = new Draw("i", seed);
    return """
    SELECT i, 'Customer#' || lpad(i::text, 9, '0'), 'road ' || i, nation,
           (10 + nation) || '-' || lpad((%s)::text, 7, '0'), %s, %s, 'customer ' || i
    FROM (SELECT i, %s AS nation FROM generate_series(%d::bigint, %d) AS i) AS c\
    """
        .formatted(
            draw.below("c_phone", 10_000_000),
            draw.hundredths("c_acctbal", -99_999, 999_999),
            draw.oneOf("c_mktsegment", TpchWords.SEGMENTS),
            draw.between("c_nationkey", 0, TpchWords.NATIONS.size() - 1),
            first,
            last);
  }

  /** A third of the customers never orders anything. */
  String orders(long first, long last) {
    Draw draw = new Draw("i", seed);
    return """
    SELECT i, customer - (customer %% 3 = 0)::integer,
           CASE WHEN day + 121 <= date '1995-06-17' THEN 'F'
                WHEN day >= date '1995-06-17' THEN 'O' ELSE 'P' END,
           %s, day, %s, 'Clerk#' || lpad((1 + %s)::text, 9, '0'), 0,
           CASE WHEN %s = 0 THEN 'a special kind of requests' ELSE 'order ' || i END
    FROM (SELECT i, 1 + %s AS customer, %s AS day FROM generate_series(%d::bigint, %d) AS i) AS o\
    """
        .formatted(
            draw.hundredths("o_totalprice", 100_000, 40_000_000),
            draw.oneOf("o_orderpriority", TpchWords.PRIORITIES),
            draw.below("o_clerk", 1_000),
            draw.below("o_comment", 50),
            draw.below("o_custkey", scale.customers()),
            orderDate("i"),
            first,
            last);
  }

  /** One to seven lines for each order of a query with a column o. */
  String lines(String orders) {
    String line = "o * %d + l".formatted(LINES_AT_MOST);
    Draw draw = new Draw(line, seed);
    return """
    SELECT o, part, %s, l, quantity, quantity * %s, %s, %s,
           CASE WHEN shipped + transit > date '1995-06-17' THEN 'N' ELSE %s END,
           CASE WHEN shipped > date '1995-06-17' THEN 'O' ELSE 'F' END,
           shipped, day + 30 + %s, shipped + transit, %s, %s, 'line'
    FROM (SELECT o, l, 1 + %s AS part, %s AS quantity, %s AS day, %s AS transit,
                 %s + %s AS shipped
          FROM (%s) AS chosen (o) CROSS JOIN LATERAL generate_series(1, (1 + %s)::integer) AS l) AS x\
    """
        .formatted(
            supplierOf("part", draw.below("l_suppkey", 4)),
            retailPrice("part"),
            draw.hundredths("l_discount", 0, 10),
            draw.hundredths("l_tax", 0, 8),
            draw.oneOf("l_returnflag", List.of("R", "A")),
            draw.between("l_commitdate", 0, 60),
            draw.oneOf("l_shipinstruct", TpchWords.INSTRUCTIONS),
            draw.oneOf("l_shipmode", TpchWords.MODES),
            draw.below("l_partkey", scale.parts()),
            draw.between("l_quantity", 1, 50),
            orderDate("o"),
            draw.between("l_receiptdate", 1, 30),
            orderDate("o"),
            draw.between("l_shipdate", 1, 121),
            orders,
            new Draw("o", seed).below("lines", LINES_AT_MOST - 1));
  }

  private static String orderDate(String order) {
    // The same for every seed, since lines that are made later refer to it.
    return "date '1992-01-01' + " + new Draw(order, 0).between("o_orderdate", 0, 2_405);
  }

  private static String retailPrice(String part) {
    return "((90000 + %1$s / 10 %% 20001 + 100 * (%1$s %% 1000))::numeric / 100)::numeric(15, 2)"
        .formatted(part);
  }

  private String supplierOf(String part, String place) {
    int suppliers = scale.suppliers();
    return "1 + (%1$s + %1$s / %2$d + %3$s * %4$d) %% %2$d"
        .formatted(part, suppliers, place, suppliers / 4);
  }
}
