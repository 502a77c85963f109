package dev.pgtrickle.testbed.nexmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Cycles of random changes of all three tables. The original only appends; here rows also change
 * and go, as in a database. The same seed gives the same statements, and over the same rows the
 * same rows.
 */
public final class NexmarkChanges {
  private static final int TEN = 10;

  private final Random random;
  private final NexmarkData data;
  private final int mostRows;
  private long nextPerson;
  private long nextAuction;
  private long nextBid;

  /**
   * Changes of tables that {@link NexmarkData} made.
   *
   * @param mostRows how many rows a statement concerns at most, more or less
   */
  public NexmarkChanges(NexmarkData data, long seed, int mostRows) {
    this.random = new Random(seed);
    this.data = data;
    this.mostRows = mostRows;
    this.nextPerson = data.people() + 1L;
    this.nextAuction = data.auctions() + 1L;
    this.nextBid = data.bids() + 1L;
  }

  /** The next statements, each a transaction of its own unless BEGIN and COMMIT are among them. */
  public List<String> cycle() {
    List<String> statements = new ArrayList<>();
    statements.add(person());
    statements.add(auction());
    for (int times = 1 + random.nextInt(3); times > 0; times--) {
      statements.add(bid());
    }
    if (random.nextBoolean()) {
      statements.addFirst("BEGIN");
      statements.add(random.nextInt(TEN) == 0 ? "ROLLBACK" : "COMMIT");
    }
    return List.copyOf(statements);
  }

  private String person() {
    String chosen = chosen("id", data.people());
    return switch (random.nextInt(6)) {
      case 0, 1 -> {
        long first = nextPerson;
        nextPerson += rows();
        yield "INSERT INTO person " + fresh().persons(first, nextPerson - 1);
      }
      case 2 -> "DELETE FROM person WHERE " + chosen;
      case 3 -> "UPDATE person SET state = %s WHERE %s".formatted(one(NexmarkData.STATES), chosen);
      case 4 -> "UPDATE person SET id = id + %d WHERE %s".formatted(other(), chosen);
      default ->
          "UPDATE person SET name = name || '.', date_time = date_time + interval '1 hour' WHERE "
              + chosen;
    };
  }

  private String auction() {
    String chosen = chosen("id", data.auctions());
    return switch (random.nextInt(7)) {
      case 0, 1 -> {
        long first = nextAuction;
        nextAuction += rows();
        yield "INSERT INTO auction " + fresh().auctions(first, nextAuction - 1);
      }
      case 2 -> "DELETE FROM auction WHERE " + chosen;
      case 3 ->
          "UPDATE auction SET category = %d WHERE %s".formatted(10 + random.nextInt(3), chosen);
      case 4 ->
          "UPDATE auction SET seller = %d, item_name = NULL WHERE %s"
              .formatted(1 + random.nextInt(data.people()), chosen);
      case 5 -> "UPDATE auction SET id = id + %d WHERE %s".formatted(other(), chosen);
      default ->
          "UPDATE auction SET expires = expires + interval '%d minutes' WHERE %s"
              .formatted(random.nextInt(90) - 30, chosen);
    };
  }

  private String bid() {
    String chosen = chosen("auction", data.auctions());
    return switch (random.nextInt(9)) {
      case 0, 1 -> {
        long first = nextBid;
        nextBid += 3L * rows();
        yield "INSERT INTO bid " + fresh().bids(first, nextBid - 1);
      }
      // The same rows once more: nothing tells them apart.
      case 2 -> "INSERT INTO bid SELECT * FROM bid WHERE " + chosen;
      case 3 -> "DELETE FROM bid WHERE %s AND price %% 3 = 0".formatted(chosen);
      // The best ones go.
      case 4 -> "DELETE FROM bid WHERE price > 190 AND bidder %% %d = 0".formatted(2 + rows());
      case 5 -> "UPDATE bid SET price = %d WHERE %s".formatted(random.nextInt(210), chosen);
      case 6 ->
          "UPDATE bid SET auction = %d, bidder = %d WHERE %s"
              .formatted(
                  1 + random.nextInt(data.auctions()), 1 + random.nextInt(data.people()), chosen);
      case 7 ->
          "UPDATE bid SET channel = %s, date_time = date_time + interval '%d seconds' WHERE %s"
              .formatted(one(NexmarkData.CHANNELS), random.nextInt(900), chosen);
      default -> "UPDATE bid SET price = price, channel = NULL WHERE " + chosen;
    };
  }

  private NexmarkData fresh() {
    return new NexmarkData(data.people(), 1 + random.nextInt(1_000));
  }

  /** Far from all other keys, and from where others were moved to. */
  private long other() {
    return (1_000_000L + random.nextInt(1_000_000)) * 1_000;
  }

  private int rows() {
    return 1 + random.nextInt(mostRows);
  }

  private String chosen(String column, int greatest) {
    int first = 1 + random.nextInt(greatest);
    return "%s BETWEEN %d AND %d".formatted(column, first, first + rows() - 1);
  }

  private String one(List<String> words) {
    return "'" + words.get(random.nextInt(words.size())) + "'";
  }
}
