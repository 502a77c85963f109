package dev.pgtrickle.testbed.tpch;

import java.util.List;
import java.util.Random;

/** Changes of what is small, and what many other rows refer to. */
final class DimensionStatements {
  private final Random random;
  private final TpchScale scale;
  private final TpchKeys keys;

  DimensionStatements(Random random, TpchScale scale, TpchKeys keys) {
    this.random = random;
    this.scale = scale;
    this.keys = keys;
  }

  String region() {
    TpchKeys.Range range = keys.regions();
    return switch (random.nextInt(4)) {
      case 0 -> "DELETE FROM region WHERE " + range.of("r_regionkey");
      case 1 ->
          "UPDATE region SET r_name = %s WHERE %s"
              .formatted(one(TpchWords.REGIONS), range.of("r_regionkey"));
      default ->
          again(
              "region",
              rows().regions(0, TpchWords.REGIONS.size() - 1),
              "(r_regionkey) DO UPDATE SET r_name = excluded.r_name");
    };
  }

  String nation() {
    TpchKeys.Range range = keys.nations();
    String chosen = range.of("n_nationkey");
    return switch (random.nextInt(5)) {
      case 0 -> "DELETE FROM nation WHERE " + chosen;
      case 1 -> "UPDATE nation SET n_regionkey = %d WHERE %s".formatted(random.nextInt(5), chosen);
      case 2 ->
          "UPDATE nation SET n_name = %s WHERE %s".formatted(one(TpchWords.NAMED_NATIONS), chosen);
      default ->
          again(
              "nation",
              rows().nations(0, TpchWords.NATIONS.size() - 1),
              """
              (n_nationkey) DO UPDATE
              SET n_name = excluded.n_name, n_regionkey = excluded.n_regionkey\
              """);
    };
  }

  String supplier() {
    TpchKeys.Range range = keys.suppliers();
    String chosen = range.of("s_suppkey");
    return switch (random.nextInt(7)) {
      case 0 -> "DELETE FROM supplier WHERE " + chosen;
      case 1 -> again("supplier", rows().suppliers(range.first(), range.last()), "DO NOTHING");
      case 2 -> "INSERT INTO supplier " + freshly(keys.fresh(), rows()::suppliers);
      case 3 ->
          "UPDATE supplier SET s_nationkey = %d WHERE %s".formatted(random.nextInt(25), chosen);
      case 4 ->
          "UPDATE supplier SET s_comment = %s, s_acctbal = s_acctbal + 10 WHERE %s"
              .formatted(one(List.of("Customer Complaints", "fine")), chosen);
      case 5 -> renamed("supplier", "s_suppkey", range);
      default -> again("supplier", rows().suppliers(1, scale.suppliers()), "DO NOTHING");
    };
  }

  String part() {
    TpchKeys.Range range = keys.parts();
    String chosen = range.of("p_partkey");
    return switch (random.nextInt(8)) {
      case 0 -> "DELETE FROM part WHERE " + chosen;
      case 1 -> again("part", rows().parts(range.first(), range.last()), "DO NOTHING");
      case 2 -> "INSERT INTO part " + freshly(keys.fresh(), rows()::parts);
      case 3 ->
          "UPDATE part SET p_brand = %s, p_container = %s WHERE %s"
              .formatted(
                  one(List.of("Brand#12", "Brand#23", "Brand#34", "Brand#45")),
                  one(List.of("SM CASE", "MED BOX", "LG BOX")),
                  chosen);
      case 4 ->
          "UPDATE part SET p_type = %s, p_size = %d WHERE %s"
              .formatted(
                  one(List.of("ECONOMY ANODIZED STEEL", "PROMO PLATED TIN", "LARGE BRUSHED TIN")),
                  List.of(15, 3, 9, 14).get(random.nextInt(4)),
                  chosen);
      case 5 ->
          "UPDATE part SET p_name = %s WHERE %s"
              .formatted(one(List.of("forest green", "green navy", "rose tan")), chosen);
      case 6 -> renamed("part", "p_partkey", range);
      default -> "UPDATE part SET p_retailprice = p_retailprice WHERE " + chosen;
    };
  }

  String partSupplier() {
    TpchKeys.Range range = keys.parts();
    String chosen = range.of("ps_partkey");
    return switch (random.nextInt(7)) {
      case 0 ->
          "DELETE FROM partsupp WHERE %s AND ps_suppkey %% 2 = %d"
              .formatted(chosen, random.nextInt(2));
      case 1 -> again("partsupp", rows().partSuppliers(range.first(), range.last()), "DO NOTHING");
      case 2 -> "INSERT INTO partsupp " + freshly(keys.fresh(), rows()::partSuppliers);
      case 3 -> "UPDATE partsupp SET ps_supplycost = ps_supplycost / 2 WHERE " + chosen;
      case 4 ->
          "UPDATE partsupp SET ps_availqty = %d WHERE %s".formatted(random.nextInt(100), chosen);
      case 5 -> renamed("partsupp", "ps_partkey", range);
      default -> "UPDATE partsupp SET ps_supplycost = 1.00 WHERE " + chosen;
    };
  }

  String customer() {
    TpchKeys.Range range = keys.customers();
    String chosen = range.of("c_custkey");
    return switch (random.nextInt(7)) {
      case 0 -> "DELETE FROM customer WHERE " + chosen;
      case 1 -> again("customer", rows().customers(range.first(), range.last()), "DO NOTHING");
      case 2 -> "INSERT INTO customer " + freshly(keys.fresh(), rows()::customers);
      case 3 ->
          "UPDATE customer SET c_nationkey = %d, c_mktsegment = %s WHERE %s"
              .formatted(random.nextInt(25), one(TpchWords.SEGMENTS), chosen);
      case 4 ->
          "UPDATE customer SET c_phone = %s, c_acctbal = c_acctbal + 500 WHERE %s"
              .formatted(one(List.of("13-1", "31-2", "23-3", "29-4", "40-5")), chosen);
      case 5 -> renamed("customer", "c_custkey", range);
      default -> "UPDATE customer SET c_acctbal = -c_acctbal WHERE " + chosen;
    };
  }

  /** A query over keys. */
  @FunctionalInterface
  private interface RowsOf {
    String between(long first, long last);
  }

  private static String freshly(TpchKeys.Range range, RowsOf rows) {
    return rows.between(range.first(), range.last());
  }

  /** Rows that may be there already. */
  private static String again(String table, String rows, String conflict) {
    return "INSERT INTO %s %s ON CONFLICT %s".formatted(table, rows, conflict);
  }

  private String renamed(String table, String key, TpchKeys.Range range) {
    long step = keys.fresh(range.rows()).first() - range.first();
    return "UPDATE %1$s SET %2$s = %2$s + %3$d WHERE %4$s"
        .formatted(table, key, step, range.of(key));
  }

  private TpchRows rows() {
    return new TpchRows(scale, 1 + random.nextInt(1_000));
  }

  private String one(List<String> words) {
    return "'" + words.get(random.nextInt(words.size())) + "'";
  }
}
