package dev.pgtrickle.testbed.tpch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The statements that make and fill the tables, in the first schema of the session's search_path.
 * At scale factor 0.01 and above every question has an answer.
 */
public record TpchData(TpchScale scale, long seed) {

  /** What {@link #statements()} do, in order. */
  public List<String> statements() {
    List<String> statements = new ArrayList<>();
    Arrays.stream(TpchTable.values()).map(TpchTable::ddl).forEach(statements::add);
    Arrays.stream(TpchTable.values())
        .map(table -> "INSERT INTO " + table.relation() + " " + rows(table))
        .forEach(statements::add);
    for (TpchTable table : TpchTable.values()) {
      statements.add(
          "ALTER TABLE %s ADD PRIMARY KEY (%s)".formatted(table.relation(), table.key()));
      for (String columns : table.indexes()) {
        statements.add("CREATE INDEX ON %s (%s)".formatted(table.relation(), columns));
      }
      statements.add("VACUUM ANALYZE " + table.relation());
    }
    return statements;
  }

  private String rows(TpchTable table) {
    TpchRows rows = new TpchRows(scale, seed);
    return switch (table) {
      case REGION -> rows.regions(0, TpchWords.REGIONS.size() - 1);
      case NATION -> rows.nations(0, TpchWords.NATIONS.size() - 1);
      case SUPPLIER -> rows.suppliers(1, scale.suppliers());
      case PART -> rows.parts(1, scale.parts());
      case PARTSUPP -> rows.partSuppliers(1, scale.parts());
      case CUSTOMER -> rows.customers(1, scale.customers());
      case ORDERS -> rows.orders(1, scale.orders());
      case LINEITEM -> lines("SELECT generate_series(1::bigint, %d)".formatted(scale.orders()));
    };
  }

  /**
   * The lines of orders, for INSERT INTO lineitem.
   *
   * @param orders a query whose only column is keys of orders
   */
  public String lines(String orders) {
    return new TpchRows(scale, seed).lines(orders);
  }
}
