package dev.pgtrickle.testbed.tpch;

import java.util.List;
import java.util.Random;

/** Changes of what is large: orders and their lines. */
final class FactStatements {
  private static final List<String> SHIPPED =
      List.of("1994-03-01", "1995-09-10", "1996-02-01", "1998-09-30");

  private final Random random;
  private final TpchScale scale;
  private final TpchKeys keys;

  FactStatements(Random random, TpchScale scale, TpchKeys keys) {
    this.random = random;
    this.scale = scale;
    this.keys = keys;
  }

  /** Statements that belong together. */
  List<String> orders() {
    TpchKeys.Range range = keys.orders();
    String chosen = range.of("o_orderkey");
    return switch (random.nextInt(9)) {
      case 0, 1 -> newOrders(keys.fresh());
      case 2 -> List.of("DELETE FROM lineitem WHERE " + range.of("l_orderkey"), delete(chosen));
      // Its lines stay.
      case 3 -> List.of(delete(chosen));
      case 4 -> List.of(again(range));
      case 5 ->
          List.of(
              update("o_custkey = 1 + (o_custkey + 7) %% %d".formatted(scale.customers()), chosen));
      case 6 ->
          List.of(
              update(
                  "o_orderpriority = %s, o_orderstatus = %s, o_comment = 'special requests'"
                      .formatted(one(TpchWords.PRIORITIES), one(List.of("F", "O", "P"))),
                  chosen));
      case 7 ->
          List.of(
              update("o_orderdate = o_orderdate + %d".formatted(random.nextInt(200) - 100), chosen),
              update("o_totalprice = o_totalprice + 0.01", chosen));
      default -> renamed(range);
    };
  }

  /** Other keys: the lines follow, or stay behind. */
  private List<String> renamed(TpchKeys.Range range) {
    long step = keys.fresh(range.rows()).first() - range.first();
    String orders = update("o_orderkey = o_orderkey + " + step, range.of("o_orderkey"));
    return random.nextBoolean()
        ? List.of(orders)
        : List.of(
            orders,
            "UPDATE lineitem SET l_orderkey = l_orderkey + %d WHERE %s"
                .formatted(step, range.of("l_orderkey")));
  }

  private List<String> newOrders(TpchKeys.Range range) {
    TpchRows rows = rows();
    return List.of(
        "INSERT INTO orders " + rows.orders(range.first(), range.last()),
        "INSERT INTO lineitem " + rows.lines(series(range)));
  }

  private String again(TpchKeys.Range range) {
    return "INSERT INTO orders %s ON CONFLICT DO NOTHING"
        .formatted(rows().orders(range.first(), range.last()));
  }

  List<String> lines() {
    TpchKeys.Range range = keys.orders();
    String chosen = range.of("l_orderkey");
    return switch (random.nextInt(10)) {
      case 0, 1 ->
          List.of(
              "INSERT INTO lineitem %s ON CONFLICT DO NOTHING"
                  .formatted(rows().lines(series(range))));
      case 2 ->
          List.of(
              "DELETE FROM lineitem WHERE %s AND l_linenumber <= %d"
                  .formatted(chosen, 1 + random.nextInt(7)));
      case 3, 4 ->
          List.of(
              line("l_quantity = %d, l_extendedprice = l_extendedprice + 10", chosen),
              line("l_discount = 0.0%d", chosen));
      case 5 ->
          List.of(
              "UPDATE lineitem SET l_shipdate = date '%s', l_receiptdate = date '%s' + %d WHERE %s"
                  .formatted(word(SHIPPED), word(SHIPPED), random.nextInt(60), chosen));
      case 6 ->
          List.of(
              "UPDATE lineitem SET l_returnflag = %s, l_shipmode = %s, l_shipinstruct = %s WHERE %s"
                  .formatted(
                      one(List.of("A", "N", "R")),
                      one(TpchWords.MODES),
                      one(TpchWords.INSTRUCTIONS),
                      chosen));
      case 7 ->
          List.of(
              "UPDATE lineitem SET l_partkey = %d, l_suppkey = %d WHERE %s"
                  .formatted(keys.parts().first(), keys.suppliers().first(), chosen));
      // They change nothing, or meet themselves again.
      case 8 ->
          List.of(
              "UPDATE lineitem SET l_tax = l_tax WHERE " + chosen,
              "UPDATE lineitem SET l_quantity = l_quantity + 1 WHERE " + chosen,
              "UPDATE lineitem SET l_quantity = l_quantity - 1 WHERE " + chosen);
      default -> List.of(line("l_linenumber = l_linenumber + 100 * %d", chosen + young()));
    };
  }

  /** Lines that have not been renumbered, so that numbers stay apart. */
  private static String young() {
    return " AND l_linenumber < 8 AND l_orderkey NOT IN"
        + " (SELECT o.l_orderkey FROM lineitem AS o WHERE o.l_linenumber >= 8)";
  }

  private String line(String assignments, String chosen) {
    return "UPDATE lineitem SET %s WHERE %s"
        .formatted(assignments.formatted(1 + random.nextInt(9)), chosen);
  }

  private TpchRows rows() {
    return new TpchRows(scale, 1 + random.nextInt(1_000));
  }

  private static String series(TpchKeys.Range range) {
    return "SELECT generate_series(%d::bigint, %d)".formatted(range.first(), range.last());
  }

  private static String update(String assignments, String chosen) {
    return "UPDATE orders SET %s WHERE %s".formatted(assignments, chosen);
  }

  private static String delete(String chosen) {
    return "DELETE FROM orders WHERE " + chosen;
  }

  private String one(List<String> words) {
    return "'" + word(words) + "'";
  }

  private String word(List<String> words) {
    return words.get(random.nextInt(words.size()));
  }
}
