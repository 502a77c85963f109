package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.testbed.postgres.PostgresVersion;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** More changes than a statement reads by itself: those that a filter lets pass are staged. */
class ManyChangesTest {
  private static final String[] SCHEMA = {
    """
    CREATE TABLE entry (
      id int PRIMARY KEY, parent int, kind int, price numeric(10,2), note jsonb, word text)
    """,
    "CREATE INDEX ON entry (parent)",
    """
    INSERT INTO entry
    SELECT n, n / 3, n % 7, n * 1.5, jsonb_build_object('k' || n % 4, n), nullif('w' || n % 5, 'w0')
    FROM generate_series(1, 4000) AS n
    """
  };

  private static final String[] CHANGES = {
    "UPDATE entry SET price = price + 1, kind = (kind + 1) % 7 WHERE id % 2 = 0",
    "UPDATE entry SET note = note || '{\"k1\": 0}' WHERE id % 3 = 0",
    "DELETE FROM entry WHERE id % 5 = 0",
    """
    INSERT INTO entry
    SELECT n, n / 3, n % 7, n, '{"k2": 1}', 'w1' FROM generate_series(4001, 5200) AS n
    """
  };

  private static Map<String, String> queries() {
    Map<String, String> queries = new LinkedHashMap<>();
    queries.put("filtered", "SELECT id, price FROM entry WHERE kind > 4");
    queries.put("by_operator", "SELECT id, note FROM entry WHERE note ? 'k1' AND word <> '?'");
    queries.put("keyless", "SELECT kind, word FROM entry WHERE price > 100 AND word IS NOT NULL");
    queries.put(
        "summed",
        "SELECT word, count(*) AS n, sum(price) AS total FROM entry WHERE kind < 3 GROUP BY word");
    queries.put(
        "of_itself",
        "SELECT a.id, b.price FROM entry a JOIN entry b ON b.id = a.parent WHERE a.kind = 1 AND b.kind <> 2");
    queries.put(
        "outer",
        "SELECT a.id, b.id AS other FROM (SELECT * FROM entry WHERE kind = 3) a LEFT JOIN (SELECT * FROM"
            + " entry WHERE word = 'w1') b ON b.parent = a.id");
    queries.put(
        "twice", "SELECT id FROM (SELECT * FROM entry WHERE kind > 1) x WHERE price < 3000");
    return queries;
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void thatPassAFilter(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = new EngineFixture(version)) {
      fixture.database.execute(SCHEMA);
      fixture.start();
      for (Map.Entry<String, String> query : queries().entrySet()) {
        fixture.bring(fixture.manual(query.getKey(), query.getValue()));
      }
      for (String change : CHANGES) {
        fixture.database.execute(change);
        for (Map.Entry<String, String> query : queries().entrySet()) {
          assertThat(fixture.refresh(query.getKey()).mode())
              .as(query.getKey())
              .isEqualTo("Differential");
          // The driver of the oracle takes a single one for a parameter.
          fixture.assertExact(query.getKey(), query.getValue().replace("note ?", "note ??"));
        }
      }
    }
  }
}
