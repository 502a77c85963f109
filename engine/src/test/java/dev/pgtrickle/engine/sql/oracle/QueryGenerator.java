package dev.pgtrickle.engine.sql.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes random queries that PostgreSQL accepts and that have one result: equal values always look
 * the same in its data, because DISTINCT and its like may show any of them.
 */
final class QueryGenerator {
  /** Three tables with duplicates and NULLs; only the first one has a key. */
  static final String SCHEMA =
      """
      CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
      CREATE TABLE t0 (id int PRIMARY KEY, i int, s text, n numeric(8,2), d date, f float8, b boolean, a int[], j jsonb, m mood, ts timestamptz, c char(4));
      CREATE TABLE t1 (id int, i int, s text, n numeric, d date, f float8, b boolean, a int[], j jsonb, m mood, ts timestamptz, c char(4));
      CREATE TABLE t2 (LIKE t1);
      CREATE VIEW v0 AS SELECT id, i, s, n, d, f, b, a, j, m, ts, c FROM t0 WHERE i > 0 OR s IS NULL;
      INSERT INTO t0 SELECT g, NULLIF(g % 5, 0), NULLIF('x' || g % 3, 'x2'), g % 7 / 4.0, date '2024-01-01' + g % 4, g % 3 / 2.0, NULLIF(g % 3, 2)::boolean, CASE WHEN g % 4 > 0 THEN ARRAY[g % 3, g % 2] END, jsonb_build_object('k', g % 3), (ARRAY['sad', 'ok', NULL])[1 + g % 3]::mood, timestamptz '2024-03-31 00:30+00' + g % 5 * interval '30 min', 'c' || g % 3 FROM generate_series(1, 12) AS g;
      INSERT INTO t1 SELECT i, id % 3, s, round(n * 1.1, 2), d, f, b, a, j, m, ts, c FROM t0;
      INSERT INTO t1 SELECT * FROM t1 WHERE i > 1;
      INSERT INTO t2 SELECT id % 4, i, NULL, n, d + 1, f + 1, NOT b, a, j, m, ts, c FROM t0 WHERE id > 4;
      INSERT INTO t2 (id, i) VALUES (NULL, NULL), (1, 1), (1, 1);
      ANALYZE t0; ANALYZE t1; ANALYZE t2;
      """;

  enum Type {
    INT("i", "integer"),
    TEXT("s", "text"),
    NUMERIC("n", "numeric"),
    DATE("d", "date"),
    FLOAT("f", "double precision"),
    BOOL("b", "boolean"),
    ARRAY("a", "integer[]"),
    JSON("j", "jsonb"),
    MOOD("m", "mood"),
    TIME("ts", "timestamptz"),
    CHAR("c", "char(4)");

    private final String column;
    private final String sql;

    Type(String column, String sql) {
      this.column = column;
      this.sql = sql;
    }
  }

  record Col(String sql, Type type) {}

  private final Choices choices;
  private final List<List<Col>> scopes = new ArrayList<>();
  private int names;

  QueryGenerator(Choices choices) {
    this.choices = choices;
  }

  String query() {
    List<Type> types = types(1 + choices.next(4));
    return choices.once(6) ? withCommonTable(types) : query(types, 3);
  }

  private List<Type> types(int count) {
    return IntStream.range(0, count).mapToObj(_ -> choices.of(Type.values())).toList();
  }

  private String withCommonTable(List<Type> types) {
    List<Type> inner = types(2);
    String hint = choices.of("", "MATERIALIZED ", "NOT MATERIALIZED ");
    String body = query(inner, 2);
    String name = "w" + names++;
    scopes.add(columns(name, inner));
    String outer =
        "SELECT %s FROM %s"
            .formatted(
                items(types, 2), choices.of(name, name + ", t0", name + " LEFT JOIN t1 ON true"));
    scopes.removeLast();
    return "WITH %s AS %s(%s) %s".formatted(name, hint, body, outer);
  }

  private static List<Col> columns(String alias, List<Type> types) {
    return IntStream.range(0, types.size())
        .mapToObj(index -> new Col(alias + ".c" + index, types.get(index)))
        .toList();
  }

  /** A query with columns c0, c1, ... of these types. */
  private String query(List<Type> types, int depth) {
    int kind = depth > 0 ? choices.next(9) : 0;
    return switch (kind) {
      case 5, 6 -> setOperation(types, depth);
      case 7 -> grouped(types, depth);
      case 8 -> limited(types, depth);
      default -> select(types, depth);
    };
  }

  private String limited(List<Type> types, int depth) {
    String order =
        IntStream.range(0, types.size())
            .mapToObj(index ->
                "c%d%s%s"
                    .formatted(
                        index,
                        choices.of("", " DESC"),
                        choices.of("", " NULLS FIRST", " NULLS LAST")))
            .collect(Collectors.joining(", "));
    return "SELECT * FROM (%s) AS q%d ORDER BY %s LIMIT %d%s"
        .formatted(
            query(types, depth - 1), names++, order, choices.next(7), choices.of("", " OFFSET 1"));
  }

  private String setOperation(List<Type> types, int depth) {
    String operation =
        choices.of("UNION ALL", "UNION", "INTERSECT", "EXCEPT", "INTERSECT ALL", "EXCEPT ALL");
    return "(%s) %s (%s)".formatted(query(types, depth - 1), operation, query(types, depth - 1));
  }

  private String select(List<Type> types, int depth) {
    scopes.add(new ArrayList<>());
    String from = from(depth);
    String where = choices.once(2) ? " WHERE " + condition(depth) : "";
    String distinct = choices.of("", "", "", "DISTINCT ");
    String items = items(types, depth);
    scopes.removeLast();
    return "SELECT %s%s FROM %s%s".formatted(distinct, items, from, where);
  }

  private String items(List<Type> types, int depth) {
    return IntStream.range(0, types.size())
        .mapToObj(index -> item(types.get(index), depth) + " AS c" + index)
        .collect(Collectors.joining(", "));
  }

  private String item(Type type, int depth) {
    if (depth > 1 && type == Type.INT && choices.once(6)) {
      return window();
    }
    return value(type, depth);
  }

  private String window() {
    String partition = choices.of("", "PARTITION BY " + value(Type.INT, 0) + " ");
    String order = "ORDER BY " + value(Type.INT, 0);
    return "%s OVER (%s%s)::int"
        .formatted(
            choices.of("rank()", "dense_rank()", "count(*)", "max(" + value(Type.INT, 0) + ")"),
            partition,
            order);
  }

  private String grouped(List<Type> types, int depth) {
    scopes.add(new ArrayList<>());
    String from = from(depth);
    String where = choices.once(3) ? " WHERE " + condition(depth) : "";
    List<Type> keyTypes =
        List.of(choices.of(Type.INT, Type.TEXT, Type.BOOL, Type.DATE, Type.MOOD), Type.INT);
    List<String> keys = keyTypes.stream().map(type -> value(type, 0)).toList();
    List<String> items = new ArrayList<>();
    for (Type type : types) {
      int key = keyTypes.indexOf(type);
      items.add(key >= 0 && choices.once(2) ? keys.get(key) : aggregate(type));
    }
    String clause =
        choices.of(
            " GROUP BY " + String.join(", ", keys),
            " GROUP BY " + String.join(", ", keys),
            " GROUP BY ROLLUP (" + String.join(", ", keys) + ")",
            " GROUP BY GROUPING SETS (("
                + keys.getFirst()
                + ", "
                + keys.getLast()
                + "), ("
                + keys.getFirst()
                + "), ())");
    boolean whole = choices.once(6) && items.stream().noneMatch(keys::contains);
    String having = choices.of("", "", " HAVING count(*) > 1");
    scopes.removeLast();
    String list =
        IntStream.range(0, items.size())
            .mapToObj(index -> items.get(index) + " AS c" + index)
            .collect(Collectors.joining(", "));
    return "SELECT %s FROM %s%s%s%s".formatted(list, from, where, whole ? "" : clause, having);
  }

  private String aggregate(Type type) {
    String filter = choices.once(4) ? " FILTER (WHERE " + comparison() + ")" : "";
    return switch (type) {
      case INT ->
          "("
              + choices.of(
                  "count(*)",
                  "count(DISTINCT " + value(Type.TEXT, 0) + ")",
                  "sum(" + value(Type.INT, 0) + ")")
              + filter
              + ")::int";
      case NUMERIC -> "sum(" + value(Type.NUMERIC, 0) + ")" + filter;
      case BOOL -> "bool_or(" + value(Type.BOOL, 0) + ")" + filter;
      case ARRAY -> {
        String collected = value(Type.INT, 0);
        yield "array_agg(%s ORDER BY %s)%s".formatted(collected, collected, filter);
      }
      case JSON -> "to_jsonb(count(*)" + filter + ")";
      default -> "max(" + value(type, 0) + ")" + filter;
    };
  }

  private String from(int depth) {
    String first = source(depth);
    String joined = first;
    int joins = depth > 0 ? choices.next(3) : 0;
    for (int count = 0; count < joins; count++) {
      int kind = choices.next(6);
      boolean lateral = depth > 1 && choices.once(5);
      String next = lateral && kind < 3 ? lateral(depth) : source(depth);
      String condition = kind == 0 ? "" : " ON " + condition(0);
      joined =
          "%s %s %s%s"
              .formatted(
                  joined,
                  switch (kind) {
                    case 0 -> "CROSS JOIN";
                    case 1 -> "JOIN";
                    case 2, 3 -> "LEFT JOIN";
                    case 4 -> "RIGHT JOIN";
                    default -> "JOIN";
                  },
                  next,
                  condition);
    }
    return joined;
  }

  private String lateral(int depth) {
    String alias = "l" + names++;
    List<Type> types = types(2);
    String query = query(types, depth - 2);
    scopes.getLast().addAll(columns(alias, types));
    return "LATERAL (%s) AS %s".formatted(query, alias);
  }

  private String source(int depth) {
    String alias = "r" + names++;
    if (depth > 1 && choices.once(4)) {
      List<Type> types = types(2);
      List<Col> own = scopes.removeLast();
      String query = query(types, depth - 1);
      scopes.add(own);
      own.addAll(columns(alias, types));
      return "(%s) AS %s".formatted(query, alias);
    }
    String table = choices.of("t0", "t1", "t2", "v0");
    for (Type type : Type.values()) {
      scopes.getLast().add(new Col(alias + "." + type.column, type));
    }
    scopes.getLast().add(new Col(alias + ".id", Type.INT));
    return table + " AS " + alias;
  }

  private String condition(int depth) {
    int kind = choices.next(depth > 0 ? 11 : 6);
    return switch (kind) {
      case 3 -> "(%s AND %s)".formatted(comparison(), comparison());
      case 4 -> "(%s OR %s)".formatted(comparison(), comparison());
      case 5 -> "NOT " + comparison();
      case 6, 7 -> choices.of("", "NOT ") + "EXISTS (" + correlated(depth) + ")";
      case 8, 9 -> {
        Type type = choices.of(Type.INT, Type.TEXT, Type.DATE);
        yield "%s %sIN (%s)"
            .formatted(value(type, 0), choices.of("", "NOT "), query(List.of(type), depth - 1));
      }
      case 10 ->
          "%s %s %s (%s)"
              .formatted(
                  value(Type.INT, 0),
                  choices.of("=", "<", ">=", "<>"),
                  choices.of("ANY", "ALL"),
                  query(List.of(Type.INT), depth - 1));
      default -> comparison();
    };
  }

  private String correlated(int depth) {
    scopes.add(new ArrayList<>());
    String from = source(depth - 1);
    String condition = comparison();
    scopes.removeLast();
    return "SELECT 1 FROM %s WHERE %s".formatted(from, condition);
  }

  private String comparison() {
    Type type =
        choices.of(
            Type.INT,
            Type.TEXT,
            Type.NUMERIC,
            Type.DATE,
            Type.BOOL,
            Type.FLOAT,
            Type.TIME,
            Type.CHAR,
            Type.MOOD);
    return switch (choices.next(6)) {
      case 4 -> value(type, 0) + choices.of(" IS NULL", " IS NOT NULL");
      case 5 -> "%s IS DISTINCT FROM %s".formatted(value(type, 0), value(type, 0));
      default ->
          "%s %s %s".formatted(value(type, 0), choices.of("=", "<", "<>", ">="), value(type, 0));
    };
  }

  private String value(Type type, int depth) {
    int kind = choices.next(depth > 0 ? 9 : 5);
    return switch (kind) {
      case 3 -> constant(type);
      case 4 -> "coalesce(%s, %s)".formatted(column(type), constant(type));
      case 5, 6 -> computed(type, depth);
      case 7 ->
          "CASE WHEN %s THEN %s ELSE %s END"
              .formatted(condition(depth - 1), value(type, depth - 1), value(type, 0));
      case 8 -> scalarQuery(type, depth);
      default -> column(type);
    };
  }

  private String scalarQuery(Type type, int depth) {
    scopes.add(new ArrayList<>());
    String from = source(depth - 1);
    String aggregate = aggregate(type);
    String condition = comparison();
    scopes.removeLast();
    return "(SELECT %s FROM %s WHERE %s)".formatted(aggregate, from, condition);
  }

  private String computed(Type type, int depth) {
    return switch (type) {
      case INT ->
          choices.of(
              "(%s + %s)".formatted(value(Type.INT, 0), value(Type.INT, 0)),
              "length(%s)".formatted(value(Type.TEXT, 0)),
              "(%s)[1]".formatted(value(Type.ARRAY, 0)),
              "extract(day FROM %s)::int".formatted(value(Type.DATE, 0)));
      case TEXT ->
          choices.of(
              "(%s || %s)".formatted(value(Type.TEXT, 0), value(Type.TEXT, 0)),
              "upper(%s)".formatted(value(Type.TEXT, 0)),
              "%s::text"
                  .formatted(value(choices.of(Type.INT, Type.CHAR, Type.NUMERIC, Type.MOOD), 0)),
              "(%s ->> 'k')".formatted(value(Type.JSON, 0)));
      case NUMERIC -> "round(%s * 1.5, 2)".formatted(value(Type.NUMERIC, 0));
      case DATE -> "(%s + %s)".formatted(value(Type.DATE, 0), "1");
      case FLOAT -> "(%s * 2)".formatted(value(Type.FLOAT, 0));
      case BOOL -> "(" + condition(depth - 1) + ")";
      case ARRAY -> "ARRAY[%s, %s]".formatted(value(Type.INT, 0), value(Type.INT, 0));
      case JSON -> "jsonb_build_object('v', %s)".formatted(value(Type.INT, 0));
      case MOOD -> "greatest(%s, %s)".formatted(value(Type.MOOD, 0), value(Type.MOOD, 0));
      case TIME -> "(%s + interval '1 hour')".formatted(value(Type.TIME, 0));
      case CHAR -> "(%s)::char(4)".formatted(value(Type.TEXT, 0));
    };
  }

  /** A column of this query, or seldom of one around it; a constant where there is none. */
  private String column(Type type) {
    List<Col> own = scopes.isEmpty() ? List.of() : scopes.getLast();
    List<Col> candidates = new ArrayList<>(own.stream().filter(col -> col.type() == type).toList());
    if (scopes.size() > 1 && choices.once(3)) {
      scopes.get(scopes.size() - 2).stream()
          .filter(col -> col.type() == type)
          .forEach(candidates::add);
    }
    return candidates.isEmpty()
        ? constant(type)
        : candidates.get(choices.next(candidates.size())).sql();
  }

  private String constant(Type type) {
    return switch (type) {
      case INT -> choices.of("1", "0", "NULL::int");
      case TEXT -> choices.of("'x1'::text", "''::text", "NULL::text");
      case NUMERIC -> choices.of("1.50", "0.00");
      case DATE -> "date '2024-01-02'";
      case FLOAT -> choices.of("0.5::float8", "'NaN'::float8");
      case BOOL -> choices.of("true", "false", "NULL::boolean");
      case ARRAY -> "ARRAY[1, NULL]";
      case JSON -> "'{\"k\": 1}'::jsonb";
      case MOOD -> "'ok'::mood";
      case TIME -> "timestamptz '2024-03-31 01:00+00'";
      case CHAR -> "'c1'::" + type.sql;
    };
  }
}
