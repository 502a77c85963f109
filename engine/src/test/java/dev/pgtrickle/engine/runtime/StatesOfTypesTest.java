package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.testbed.postgres.PostgresVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * What is kept of a group has the type of its column, whatever an aggregate gives: a full refresh
 * compares both by image, and PostgreSQL compares no images of unlike types.
 */
class StatesOfTypesTest {
  private static final List<String> TYPES =
      List.of(
          "smallint",
          "integer",
          "bigint",
          "numeric(9,2)",
          "numeric",
          "text",
          "varchar(9)",
          "date",
          "timestamptz",
          "uuid",
          "boolean",
          "oid",
          "mood",
          "whole",
          "short");

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void refreshesOfBothKindsAgreeOnThem(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = new EngineFixture(version)) {
      fixture.database.execute(
          "CREATE TYPE mood AS ENUM ('1', '2', '3')",
          "CREATE DOMAIN whole AS smallint",
          "CREATE DOMAIN short AS varchar(5)");
      List<String> columns = new ArrayList<>();
      List<String> values = new ArrayList<>();
      for (int index = 0; index < TYPES.size(); index++) {
        columns.add("c" + index + " " + TYPES.get(index));
        values.add(value(TYPES.get(index)));
      }
      fixture.database.execute(
          "CREATE TABLE t (id int PRIMARY KEY, k int, " + String.join(", ", columns) + ")",
          "INSERT INTO t SELECT n, n %% 4, %s FROM generate_series(1, 60) AS n"
              .formatted(String.join(", ", values)));
      fixture.start();
      Map<String, String> queries = queries();
      for (Map.Entry<String, String> query : queries.entrySet()) {
        fixture.bring(fixture.manual(query.getKey(), query.getValue()));
      }
      for (String change :
          List.of(
              "DELETE FROM t WHERE id % 5 = 0",
              "INSERT INTO t SELECT n, n %% 5, %s FROM generate_series(61, 70) AS n"
                  .formatted(String.join(", ", values)),
              "TRUNCATE t",
              "INSERT INTO t (id, k) VALUES (1, 1)")) {
        fixture.database.execute(change);
        for (Map.Entry<String, String> query : queries.entrySet()) {
          fixture.refresh(query.getKey());
          fixture.assertExact(query.getKey(), query.getValue());
          assertThat(fixture.refreshFully(query.getKey()).mode()).isEqualTo("Full");
          fixture.assertExact(query.getKey(), query.getValue());
        }
      }
    }
  }

  private static Map<String, String> queries() {
    Map<String, String> queries = new LinkedHashMap<>();
    for (int index = 0; index < TYPES.size(); index++) {
      String column = "c" + index;
      for (String function : functions(TYPES.get(index))) {
        queries.put(
            function + "_" + column,
            "SELECT k, %s(%s) AS kept FROM public.t GROUP BY k".formatted(function, column));
      }
    }
    return queries;
  }

  private static List<String> functions(String type) {
    return switch (type) {
      case "smallint", "integer", "bigint", "whole" -> List.of("min", "sum", "bit_xor");
      case "numeric(9,2)", "numeric" -> List.of("max", "avg");
      case "boolean" -> List.of("bool_and");
      case "uuid" -> List.of("count");
      default -> List.of("max");
    };
  }

  private static String value(String type) {
    return switch (type) {
      case "text", "varchar(9)", "short" -> "'v' || n % 9";
      case "date" -> "date '2026-01-01' + n";
      case "timestamptz" -> "timestamptz '2026-01-01' + n * interval '1 hour'";
      case "uuid" -> "md5(n::text)::uuid";
      case "boolean" -> "n % 3 = 0";
      case "mood" -> "(1 + n % 3)::text::mood";
      case "numeric(9,2)", "numeric" -> "n / 4.0";
      default -> "n";
    };
  }
}
