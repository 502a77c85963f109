package dev.pgtrickle.engine.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Random tables, queries and changes; small value ranges, so that rows meet again and again. */
final class RandomWorkload {
  static final String TABLE = "public.\"Some \"\"table\"";

  /** Values whose {@code =} and image disagree are among them wherever the type has such. */
  private static final Map<String, List<String>> VALUES = values();

  private static final List<String> PREDICATES =
      List.of(
          "i4 > 1",
          "i4 IS DISTINCT FROM 2",
          "t <> 'b' OR t IS NULL",
          "b",
          "NOT coalesce(b, false)",
          "n > 0",
          "i2 IN (-32768, 1)",
          "f >= 0",
          "j ? 'a'",
          "d > '2024-01-15'",
          "t LIKE 'a%'",
          "t <> E'x\n  y'");

  private static final List<String> OUTPUTS =
      List.of(
          "i2",
          "i4",
          "i8",
          "n",
          "n2",
          "t",
          "b",
          "d",
          "ts",
          "u",
          "f",
          "j",
          "k",
          "i4::bigint + i2",
          "i8 * 2",
          "n / 3",
          "upper(t)",
          "coalesce(t, 'none')",
          "t || '?'",
          "CASE WHEN b THEN n2 ELSE n END",
          "f * 2",
          "-f",
          "j -> 'a'",
          "d + 1",
          "ARRAY[n, n2]",
          "(ROW(f, n2) = ROW(0, 1.0))",
          "r",
          "(r).a",
          "n2::text",
          "abs(i4::bigint)",
          "1",
          "(j || '{\"b\": 1.50}')",
          "i4 IS NULL",
          "scale(n2)",
          "t || E'\r\n  z\\\\'");

  private static final List<String> KEYS =
      List.of(
          "t",
          "i4",
          "b",
          "k",
          "d",
          "u",
          "i2",
          "ts",
          "upper(t)",
          "i4 % 3",
          "coalesce(t, 'x')",
          "(i4 > 1)",
          "date_trunc('month', ts AT TIME ZONE 'UTC')",
          "ARRAY[i4, k]",
          "k + 1");

  private static final List<String> AGGREGATES =
      List.of(
          "count(*)",
          "count(t)",
          "count(n)",
          "sum(i2)",
          "sum(i4)",
          "sum(i8)",
          "sum(n)",
          "sum(i4) + 1",
          "count(*) * 2",
          "sum(n) / count(*)",
          "coalesce(sum(i4), 0)",
          "sum(i4::bigint * 2) - sum(i2)",
          "sum(CASE WHEN b THEN 1 ELSE 0 END)",
          "count(f)",
          "count(j)",
          "sum((n * 2)::numeric(14,3))",
          "sum(n)::text",
          "sum(k) > 3",
          "count(r)");

  private final RandomGenerator random;
  private final boolean withKey;
  private int nextId = 1;

  RandomWorkload(RandomGenerator random) {
    this.random = random;
    this.withKey = random.nextInt(3) > 0;
  }

  List<String> createTable() {
    return List.of(
        "CREATE TYPE public.pair AS (a int, b int)",
        """
        CREATE TABLE %s (
          gone int, id %s, i2 smallint, i4 int, i8 bigint, n numeric(10,2), n2 numeric, t text,
          b boolean, d date, ts timestamptz, u uuid, f float8, j jsonb, k int NOT NULL,
          r public.pair)
        """
            .formatted(TABLE, withKey ? "numeric PRIMARY KEY" : "numeric"),
        "ALTER TABLE " + TABLE + " DROP COLUMN gone");
  }

  String query() {
    String where = random.nextInt(2) == 0 ? "" : " WHERE " + pick(PREDICATES);
    if (where.length() > 0 && random.nextInt(3) == 0) {
      where += " AND (" + pick(PREDICATES) + ")";
    }
    if (random.nextInt(5) < 2) {
      List<String> items = some(OUTPUTS, 1, 4);
      if (random.nextInt(2) == 0) {
        items.add("id");
      }
      return "SELECT " + named(items) + " FROM " + TABLE + " AS x" + where;
    }
    List<String> keys = random.nextInt(6) == 0 ? List.of() : some(KEYS, 1, 3);
    List<String> items = new ArrayList<>(some(AGGREGATES, 1, 4));
    for (String key : keys) {
      if (random.nextInt(4) > 0) {
        items.add(random.nextInt(items.size() + 1), key);
      }
    }
    String groups = keys.isEmpty() ? "" : " GROUP BY " + String.join(", ", keys);
    return "SELECT " + named(items) + " FROM " + TABLE + where + groups;
  }

  /** Statements of one batch. */
  List<String> batch() {
    List<String> statements = new ArrayList<>();
    int count = 1 + random.nextInt(4);
    for (int index = 0; index < count; index++) {
      statements.add(statement());
    }
    return statements;
  }

  private String statement() {
    return switch (random.nextInt(6)) {
      case 0, 1 -> insert(1 + random.nextInt(4));
      case 2 -> update("mod(id, " + (1 + random.nextInt(4)) + ") = " + random.nextInt(2));
      case 3 -> update(pick(PREDICATES));
      case 4 -> "DELETE FROM " + TABLE + " WHERE mod(id, " + (2 + random.nextInt(4)) + ") = 0";
      default ->
          random.nextInt(4) == 0
              ? "DELETE FROM "
                  + TABLE
                  + (random.nextInt(2) == 0 ? "" : " WHERE " + pick(PREDICATES))
              : "UPDATE "
                  + TABLE
                  + " SET id = CASE WHEN scale(id) = 0 THEN id + 0.0 ELSE trim_scale(id) END";
    };
  }

  String insert(int rows) {
    String values = IntStream.range(0, rows).mapToObj(_ -> row()).collect(Collectors.joining(", "));
    return "INSERT INTO "
        + TABLE
        + " (id, "
        + String.join(", ", VALUES.keySet())
        + ") VALUES "
        + values;
  }

  private String row() {
    nextId++;
    String id = withKey ? String.valueOf(nextId) : String.valueOf(random.nextInt(5));
    return "("
        + id
        + ", "
        + VALUES.keySet().stream().map(this::value).collect(Collectors.joining(", "))
        + ")";
  }

  private String update(String condition) {
    String assignments =
        some(List.copyOf(VALUES.keySet()), 1, 4).stream()
            .map(column -> column + " = " + value(column))
            .collect(Collectors.joining(", "));
    return "UPDATE " + TABLE + " SET " + assignments + " WHERE " + condition;
  }

  private String value(String column) {
    return pick(VALUES.get(column));
  }

  private static String named(List<String> items) {
    return IntStream.range(0, items.size())
        .mapToObj(index -> items.get(index) + " AS \"c" + index + "\"")
        .collect(Collectors.joining(", "));
  }

  private List<String> some(List<String> all, int least, int most) {
    List<String> rest = new ArrayList<>(all);
    List<String> chosen = new ArrayList<>();
    int count = least + random.nextInt(most - least + 1);
    for (int index = 0; index < count; index++) {
      chosen.add(rest.remove(random.nextInt(rest.size())));
    }
    return chosen;
  }

  private String pick(List<String> all) {
    return all.get(random.nextInt(all.size()));
  }

  private static Map<String, List<String>> values() {
    Map<String, List<String>> values = new LinkedHashMap<>();
    values.put("i2", List.of("NULL", "-32768", "1", "2"));
    values.put("i4", List.of("NULL", "NULL", "0", "1", "2", "2147483647", "-2147483648"));
    values.put("i8", List.of("NULL", "1", "4611686018427387903", "-4611686018427387903"));
    values.put("n", List.of("NULL", "'NaN'", "1.5", "1.50", "-1.5", "0", "99999999.99"));
    values.put("n2", List.of("NULL", "1.0", "1.00", "1", "'NaN'", "0.0"));
    values.put("t", List.of("NULL", "'a'", "'a '", "'b'", "''", "'A'", "E'x\n  y'"));
    values.put("b", List.of("NULL", "true", "false"));
    values.put("d", List.of("NULL", "'2024-01-01'", "'2024-02-01'", "'infinity'"));
    values.put("ts", List.of("NULL", "'2024-01-01 00:00Z'", "'2024-01-31 23:00Z'", "'-infinity'"));
    values.put(
        "u",
        List.of(
            "NULL",
            "'11111111-1111-1111-1111-111111111111'",
            "'22222222-1111-1111-1111-111111111111'"));
    values.put("f", List.of("NULL", "'-0'", "'0'", "'NaN'", "1.5"));
    values.put("j", List.of("NULL", "'{\"a\": 1.0}'", "'{\"a\": 1.00}'", "'{\"b\": [1]}'", "'1'"));
    values.put("k", List.of("1", "2", "3"));
    values.put("r", List.of("NULL", "ROW(NULL, NULL)", "ROW(1, NULL)"));
    return values;
  }
}
