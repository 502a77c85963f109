package dev.pgtrickle.testbed.tpch;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Cycles of random changes of all tables: inserts, updates, deletes, other keys, moves between
 * groups, rows that come back with other values, updates that change nothing. The same seed gives
 * the same statements, and over the same rows the same rows. Every table has its turn within any
 * eight cycles; large ones have more.
 */
public final class TpchChanges {
  private static final int LARGE_OF_TEN = 8;
  private static final int MIDDLE_OF_TEN = 4;
  private static final int SMALL_OF_TEN = 1;
  private static final int TEN = 10;

  private final Random random;
  private final FactStatements facts;
  private final DimensionStatements dimensions;
  private int cycles;

  /**
   * Changes of tables that {@link TpchData} made.
   *
   * @param mostKeys how many keys a statement concerns at most
   */
  public TpchChanges(TpchScale scale, long seed, int mostKeys) {
    this.random = new Random(seed);
    TpchKeys keys = new TpchKeys(random, scale, mostKeys);
    this.facts = new FactStatements(random, scale, keys);
    this.dimensions = new DimensionStatements(random, scale, keys);
  }

  /** The next statements, each a transaction of its own unless BEGIN and COMMIT are among them. */
  public List<String> cycle() {
    List<String> statements = new ArrayList<>();
    for (TpchTable table : tables()) {
      for (int times = 1 + random.nextInt(2); times > 0; times--) {
        statements.addAll(change(table));
      }
    }
    if (random.nextBoolean()) {
      int begin = random.nextInt(statements.size());
      statements.add(begin, "BEGIN");
      statements.add(
          begin + 2 + random.nextInt(statements.size() - begin - 1),
          random.nextInt(TEN) == 0 ? "ROLLBACK" : "COMMIT");
    }
    return List.copyOf(statements);
  }

  private Set<TpchTable> tables() {
    TpchTable[] all = TpchTable.values();
    Set<TpchTable> tables = EnumSet.of(all[cycles % all.length]);
    cycles++;
    for (TpchTable table : all) {
      int chance =
          switch (table) {
            case LINEITEM, ORDERS -> LARGE_OF_TEN;
            case CUSTOMER, PART, PARTSUPP, SUPPLIER -> MIDDLE_OF_TEN;
            case NATION, REGION -> SMALL_OF_TEN;
          };
      if (random.nextInt(TEN) < chance) {
        tables.add(table);
      }
    }
    return tables;
  }

  private List<String> change(TpchTable table) {
    return switch (table) {
      case REGION -> List.of(dimensions.region());
      case NATION -> List.of(dimensions.nation());
      case SUPPLIER -> List.of(dimensions.supplier());
      case PART -> List.of(dimensions.part());
      case PARTSUPP -> List.of(dimensions.partSupplier());
      case CUSTOMER -> List.of(dimensions.customer());
      case ORDERS -> facts.orders();
      case LINEITEM -> facts.lines();
    };
  }
}
