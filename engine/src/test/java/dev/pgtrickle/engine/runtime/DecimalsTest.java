package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.testbed.postgres.PostgresVersion;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * A sum is shown with the decimals of the value that has the most. Where types say how many that
 * are, nothing is kept about it.
 */
class DecimalsTest {
  private static final List<String> ALWAYS_THE_SAME =
      List.of(
          "price",
          "price * (1 - discount)",
          "price * (1 - discount) * (1 + tax)",
          "price * quantity",
          "price + quantity * 0.125",
          "- price",
          "(price - 7)",
          "free::numeric(9,3) * price",
          "(price * discount)::numeric(20,1)",
          "quantity::numeric",
          "whole + 0.5");

  private static final List<String> AS_THE_VALUES_ARE =
      List.of(
          "free",
          "free * price",
          "price / 3",
          "coalesce(price, 0)",
          "CASE WHEN quantity > 3 THEN price ELSE 0 END",
          "round(free, quantity % 3)",
          "abs(free) + price",
          "declared");

  private static final String DISTINCT =
      "SELECT k, sum(DISTINCT price * (1 - discount)) AS once, sum(price * tax) AS taxes FROM line GROUP BY k";

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void theyAreKnownFromTheTypesOrKept(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = new EngineFixture(version)) {
      fixture.database.execute(
          "CREATE DOMAIN money_like AS numeric(8,2)",
          """
          CREATE TABLE line (id int PRIMARY KEY, k int NOT NULL, price numeric(12,2),
            discount numeric(4,2), tax numeric(5,3), whole numeric(6), free numeric,
            quantity smallint, declared money_like)\
          """);
      insert(fixture, 1, 200);
      fixture.start();
      List<String> all =
          java.util.stream.Stream.concat(ALWAYS_THE_SAME.stream(), AS_THE_VALUES_ARE.stream())
              .toList();
      for (int index = 0; index < all.size(); index++) {
        fixture.bring(fixture.manual("sums_" + index, query(all.get(index))));
        assertThat(keptScales(fixture, index))
            .as(all.get(index))
            .isEqualTo(index < ALWAYS_THE_SAME.size() ? 0 : 1);
      }
      fixture.bring(fixture.manual("distinct_prices", DISTINCT));
      for (int round = 1; round <= 3; round++) {
        fixture.database.execute(
            "DELETE FROM line WHERE id % 7 = " + round,
            "UPDATE line SET price = -price, k = (k + 1) % 5, free = free * 0.1 WHERE id % 5 = "
                + round,
            "UPDATE line SET price = 'NaN', tax = NULL WHERE id % 31 = " + round,
            "UPDATE line SET price = 12.5 WHERE price = 'NaN' AND id % 2 = " + round % 2);
        insert(fixture, 1000 * round, 1000 * round + 20);
        for (int index = 0; index < all.size(); index++) {
          assertThat(fixture.refresh("sums_" + index).mode()).isEqualTo("Differential");
          fixture.assertExact("sums_" + index, query(all.get(index)));
        }
        fixture.refresh("distinct_prices");
        fixture.assertExact("distinct_prices", DISTINCT);
      }
    }
  }

  private static String query(String argument) {
    return "SELECT k, sum(%1$s), avg(%1$s) FROM line GROUP BY k".formatted(argument);
  }

  private static void insert(EngineFixture fixture, int from, int to) throws SQLException {
    fixture.database.execute(
        """
        INSERT INTO line
        SELECT i, i %% 5, (i %% 97) + 0.01 * (i %% 13), (i %% 10) / 100.0, (i %% 8) / 1000.0, i %% 9,
          CASE i %% 4 WHEN 0 THEN 1.50 WHEN 1 THEN 2.125 WHEN 2 THEN 3 END, i %% 6, i %% 11
        FROM generate_series(%d, %d) AS i\
        """
            .formatted(from, to));
  }

  private static long keptScales(EngineFixture fixture, int index) throws SQLException {
    return fixture.database.queryLong(
        """
        SELECT count(DISTINCT a.attname)
        FROM pgtrickle.stream_table AS t
        JOIN pgtrickle.storage_version AS v ON v.stream_table_id = t.id
        JOIN pg_class AS c ON c.relname LIKE v.storage_name || '%%'
        JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attname LIKE '\\_\\_scales%%'
        WHERE t.relation_name = 'sums_%d' AND c.relkind = 'r'\
        """
            .formatted(index));
  }
}
