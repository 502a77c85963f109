package dev.pgtrickle.engine.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Three tables with everything that deltas stumble over, and random changes of them: NULL, NaN, -0,
 * scales, duplicates, changes of keys, moves between groups, rows that come and go within a batch,
 * updates that change nothing, TRUNCATE.
 */
final class RandomChanges {
  static final String[] SCHEMA = {
    """
    CREATE TABLE customer (
      id int PRIMARY KEY, name text, region text COLLATE "C", credit numeric, boss int)
    """,
    """
    CREATE TABLE sale (
      id bigint PRIMARY KEY, customer_id int, product int, amount numeric(12,2) NOT NULL,
      rate numeric, weight float8, day date NOT NULL)
    """,
    // No key at all: equal rows are there several times.
    "CREATE TABLE item (code int, label text, price numeric)",
    "CREATE INDEX ON sale (customer_id)",
    "CREATE VIEW big_sale AS SELECT id, customer_id, product, amount FROM sale WHERE amount > 20"
  };

  private static final String[] NUMBERS = {"1", "1.0", "1.00", "2.5", "0", "0.0", "NULL", "-3"};
  private static final String[] FLOATS = {"0", "'-0'", "1.5", "'NaN'", "NULL", "1e20", "0.1"};
  private static final String[] WORDS = {"'a'", "'b'", "'A'", "''", "NULL", "'c d'"};

  private final Random random;

  RandomChanges(long seed) {
    this.random = new Random(seed);
  }

  /** Rows to begin with. */
  List<String> load() {
    List<String> statements = new ArrayList<>();
    for (int round = 0; round < 6; round++) {
      statements.add(insertCustomers());
      statements.add(insertSales());
      statements.add(insertItems());
    }
    return statements;
  }

  /** The statements of one batch, in one transaction or in several. */
  List<String> batch() {
    List<String> statements = new ArrayList<>();
    int count = 1 + random.nextInt(4);
    for (int index = 0; index < count; index++) {
      statements.add(statement());
    }
    if (count > 2 && random.nextBoolean()) {
      statements.addFirst("BEGIN");
      statements.add("COMMIT");
    }
    return statements;
  }

  private String statement() {
    return switch (random.nextInt(20)) {
      case 0, 1 -> insertCustomers();
      case 2, 3, 4 -> insertSales();
      case 5, 6 -> insertItems();
      case 7 -> "DELETE FROM customer WHERE id % 7 = " + random.nextInt(7);
      case 8 -> "DELETE FROM sale WHERE id % 9 = " + random.nextInt(9);
      case 9 -> "DELETE FROM item WHERE ctid IN (SELECT ctid FROM item ORDER BY random() LIMIT 3)";
      case 10 ->
          "UPDATE customer SET region = %s, credit = %s WHERE id %% 5 = %d"
              .formatted(word(), number(), random.nextInt(5));
      case 11 ->
          "UPDATE sale SET customer_id = %s, product = %d WHERE id %% 6 = %d"
              .formatted(customer(), random.nextInt(6), random.nextInt(6));
      case 12 ->
          "UPDATE sale SET amount = %d, rate = %s, weight = %s WHERE id %% 5 = %d"
              .formatted(random.nextInt(60), number(), floating(), random.nextInt(5));
      case 13 ->
          "UPDATE item SET code = %d, price = %s WHERE code = %d"
              .formatted(random.nextInt(6), number(), random.nextInt(6));
      case 14 ->
          "UPDATE sale AS s SET id = id + 1000 WHERE id < 1000 AND id % 8 = "
              + random.nextInt(8)
              + " AND NOT EXISTS (SELECT FROM sale AS o WHERE o.id = s.id + 1000)";
      case 15 ->
          """
          UPDATE customer AS c SET id = -id, boss = %s
          WHERE id %% 9 = %d AND NOT EXISTS (SELECT FROM customer AS o WHERE o.id = -c.id)\
          """
              .formatted(customer(), random.nextInt(9));
      case 16 -> "UPDATE sale SET day = day, amount = amount";
      case 17 -> "UPDATE item SET label = " + word() + " WHERE label = " + word();
      case 18 ->
          "UPDATE sale SET day = date '2026-01-01' + %d WHERE id %% 4 = 1"
              .formatted(random.nextInt(3));
      default -> random.nextInt(6) == 0 ? "TRUNCATE " + table() : insertSales();
    };
  }

  private String table() {
    return List.of("customer", "sale", "item").get(random.nextInt(3));
  }

  private String insertCustomers() {
    return """
    INSERT INTO customer SELECT n, %s, %s, %s, %s FROM generate_series(%d, %d) AS n
    ON CONFLICT DO NOTHING\
    """
        .formatted(word(), word(), number(), customer(), random.nextInt(25), random.nextInt(25));
  }

  private String insertSales() {
    int first = random.nextInt(60);
    return """
    INSERT INTO sale SELECT n, %s, %d, %d, %s, %s, date '2026-01-01' + %d
    FROM generate_series(%d, %d) AS n ON CONFLICT DO NOTHING\
    """
        .formatted(
            customer(),
            random.nextInt(6),
            random.nextInt(60),
            number(),
            floating(),
            random.nextInt(3),
            first,
            first + random.nextInt(6));
  }

  private String insertItems() {
    return "INSERT INTO item SELECT %d, %s, %s FROM generate_series(1, %d)"
        .formatted(random.nextInt(6), word(), number(), 1 + random.nextInt(3));
  }

  private String customer() {
    return random.nextInt(6) == 0 ? "NULL" : Integer.toString(random.nextInt(25));
  }

  private String number() {
    return NUMBERS[random.nextInt(NUMBERS.length)] + "::numeric";
  }

  private String floating() {
    return FLOATS[random.nextInt(FLOATS.length)] + "::float8";
  }

  private String word() {
    return WORDS[random.nextInt(WORDS.length)] + "::text";
  }
}
