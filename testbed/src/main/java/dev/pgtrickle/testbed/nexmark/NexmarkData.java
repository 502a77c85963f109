package dev.pgtrickle.testbed.nexmark;

import dev.pgtrickle.testbed.draw.Draw;
import java.util.List;

/**
 * People, their auctions, and bids on these: of fifty events one is a person, three are auctions
 * and forty-six are bids. Bids have no key, as in the original.
 *
 * @param people at least one
 */
public record NexmarkData(int people, long seed) {
  static final int AUCTIONS_OF_A_PERSON = 3;
  static final int BIDS_OF_A_PERSON = 46;
  static final List<String> STATES = List.of("OR", "ID", "CA", "AZ", "WA", "WY");
  static final List<String> CHANNELS = List.of("apple", "google", "baidu", "Apple", "channel-7");
  private static final List<String> CITIES =
      List.of("Phoenix", "Seattle", "Boise", "Portland", "Kent", "Bend");
  private static final String BEGIN = "timestamp '2024-01-01 00:00'";
  private static final int FIRST_CATEGORY = 10;

  public NexmarkData {
    if (people < 1) {
      throw new IllegalArgumentException("at least one person: " + people);
    }
  }

  public int auctions() {
    return people * AUCTIONS_OF_A_PERSON;
  }

  public int bids() {
    return people * BIDS_OF_A_PERSON;
  }

  /** Make and fill the tables, in the first schema of the session's search_path. */
  public List<String> statements() {
    return List.of(
        """
        CREATE TABLE person (
          id bigint NOT NULL, name text NOT NULL, email text, credit_card text, city text,
          state text, date_time timestamp NOT NULL, extra text)\
        """,
        """
        CREATE TABLE auction (
          id bigint NOT NULL, item_name text, description text, initial_bid bigint, reserve bigint,
          date_time timestamp NOT NULL, expires timestamp NOT NULL, seller bigint NOT NULL,
          category bigint NOT NULL, extra text)\
        """,
        """
        CREATE TABLE bid (
          auction bigint NOT NULL, bidder bigint NOT NULL, price bigint NOT NULL, channel text,
          url text, date_time timestamp NOT NULL, extra text)\
        """,
        "INSERT INTO person " + persons(1, people),
        "INSERT INTO auction " + auctions(1, auctions()),
        "INSERT INTO bid " + bids(1, bids()),
        "ALTER TABLE person ADD PRIMARY KEY (id)",
        "ALTER TABLE auction ADD PRIMARY KEY (id)",
        "CREATE INDEX ON auction (seller)",
        "CREATE INDEX ON bid (auction)",
        "CREATE INDEX ON bid (bidder)",
        "CREATE INDEX ON bid (price)",
        "VACUUM ANALYZE person",
        "VACUUM ANALYZE auction",
        "VACUUM ANALYZE bid");
  }

  /** Seconds between two people; their auctions and bids come meanwhile. */
  private static final int PACE = 60;

  String persons(long first, long last) {
    Draw draw = new Draw("i", seed);
    return """
    SELECT i, 'name ' || i %% 97, CASE WHEN %s > 0 THEN i || '@example.org' END,
           lpad((%s)::text, 8, '0'), %s, %s, %s + i * %d * interval '1 second', NULL
    FROM generate_series(%d::bigint, %d) AS i\
    """
        .formatted(
            draw.below("email", 9),
            draw.below("credit_card", 100_000_000),
            draw.oneOf("city", CITIES),
            draw.oneOf("state", STATES),
            BEGIN,
            PACE,
            first,
            last);
  }

  /** An auction is open for a while; most are of somebody who came before it. */
  String auctions(long first, long last) {
    Draw draw = new Draw("i", seed);
    return """
    SELECT i, 'item ' || i %% 31, 'text', start, 2 * start, begins,
           begins + %s * interval '1 minute', 1 + %s, %d + %s, NULL
    FROM (SELECT i, %s AS start, %s + i * %d * interval '1 second' AS begins
          FROM generate_series(%d::bigint, %d) AS i) AS a\
    """
        .formatted(
            draw.between("open", 1, 60),
            draw.below("seller", people),
            FIRST_CATEGORY,
            draw.below("category", 5),
            draw.below("start", 100),
            BEGIN,
            PACE / AUCTIONS_OF_A_PERSON,
            first,
            last);
  }

  /** A bid is for one of the auctions about then. */
  String bids(long first, long last) {
    Draw draw = new Draw("i", seed);
    return """
    SELECT 1 + greatest(0, least(%d, i * %d / %d - %s)), 1 + %s, 1 + %s,
           CASE WHEN %s > 0 THEN %s END,
           'https://shop/' || %s || '/item?channel_id=' || %s || '/' || i %% 7,
           %s + i * %d / %d.0 * interval '1 second', NULL
    FROM generate_series(%d::bigint, %d) AS i\
    """
        .formatted(
            auctions() - 1,
            AUCTIONS_OF_A_PERSON,
            BIDS_OF_A_PERSON,
            draw.below("auction", 40),
            draw.below("bidder", people),
            draw.below("price", 200),
            draw.below("no channel", 10),
            draw.oneOf("channel", CHANNELS),
            draw.below("shop", 5),
            draw.below("channel_id", 3),
            BEGIN,
            PACE,
            BIDS_OF_A_PERSON,
            first,
            last);
  }
}
