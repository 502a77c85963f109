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
  static final String SCHEMA = GeneratedType.schema();

  /** Whether the queries may have several right answers, as those that cut rows that tie do. */
  enum Answers {
    ONE,
    SEVERAL
  }

  record Col(String sql, GeneratedType type) {}

  private final Choices choices;
  private final List<List<Col>> scopes = new ArrayList<>();
  private final Answers answers;
  private int names;

  QueryGenerator(Choices choices) {
    this(choices, Answers.ONE);
  }

  QueryGenerator(Choices choices, Answers answers) {
    this.choices = choices;
    this.answers = answers;
  }

  String query() {
    List<GeneratedType> types = types(1 + choices.next(4));
    return choices.once(6) ? withCommonTable(types) : query(types, 3);
  }

  private List<GeneratedType> types(int count) {
    return IntStream.range(0, count).mapToObj(_ -> choices.of(GeneratedType.values())).toList();
  }

  private String withCommonTable(List<GeneratedType> types) {
    if (choices.once(4)) {
      return recursive(types);
    }
    List<GeneratedType> inner = types(2);
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

  private String recursive(List<GeneratedType> types) {
    String name = "w" + names++;
    scopes.add(columns(name, List.of(GeneratedType.INT, GeneratedType.TEXT)));
    String step =
        choices.of(
            "SELECT %1$s.c0 + 1, %1$s.c1 FROM %1$s WHERE %1$s.c0 < 4",
            "SELECT %1$s.c0 + 1, r.s FROM %1$s JOIN t0 AS r ON r.i = %1$s.c0 AND %1$s.c0 < 3");
    String outer =
        "SELECT %s FROM %s".formatted(items(types, 1), choices.of(name, name + " JOIN t2 ON true"));
    scopes.removeLast();
    return "WITH RECURSIVE %s(c0, c1) AS (SELECT 1, %s::text %s %s) %s"
        .formatted(
            name,
            choices.of("'x1'", "NULL"),
            choices.of("UNION ALL", "UNION"),
            step.formatted(name),
            outer);
  }

  private static List<Col> columns(String alias, List<GeneratedType> types) {
    return IntStream.range(0, types.size())
        .mapToObj(index -> new Col(alias + ".c" + index, types.get(index)))
        .toList();
  }

  /** A query with columns c0, c1, ... of these types. */
  private String query(List<GeneratedType> types, int depth) {
    int kind = depth > 0 ? choices.next(11) : 0;
    return switch (kind) {
      case 5, 6 -> setOperation(types, depth);
      case 9 -> distinctOn(types, depth);
      case 10 -> values(types);
      case 7 -> grouped(types, depth);
      case 8 -> limited(types, depth);
      default -> select(types, depth);
    };
  }

  /** The first row of each key; where one answer is wanted, no two rows tie. */
  private String distinctOn(List<GeneratedType> types, int depth) {
    String order =
        answers == Answers.ONE
            ? IntStream.range(0, types.size())
                .mapToObj(index -> "c" + index)
                .collect(Collectors.joining(", "))
            : "c0";
    return "SELECT DISTINCT ON (c0) * FROM (%s) AS q%d ORDER BY %s"
        .formatted(query(types, depth - 1), names++, order);
  }

  private String values(List<GeneratedType> types) {
    return IntStream.range(0, 1 + choices.next(3))
        .mapToObj(
            row -> types.stream().map(this::constant).collect(Collectors.joining(", ", "(", ")")))
        .collect(
            Collectors.joining(
                ", ",
                "SELECT * FROM (VALUES ",
                IntStream.range(0, types.size())
                    .mapToObj(index -> "c" + index)
                    .collect(Collectors.joining(", ", ") AS q" + names++ + "(", ")"))));
  }

  private String limited(List<GeneratedType> types, int depth) {
    if (choices.once(4)) {
      return "SELECT * FROM (%s) AS q%d ORDER BY c0 FETCH FIRST %d ROWS WITH TIES"
          .formatted(query(types, depth - 1), names++, 1 + choices.next(5));
    }
    int sorted = answers == Answers.ONE ? types.size() : 1;
    String order =
        IntStream.range(0, sorted)
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

  private String setOperation(List<GeneratedType> types, int depth) {
    String operation =
        choices.of("UNION ALL", "UNION", "INTERSECT", "EXCEPT", "INTERSECT ALL", "EXCEPT ALL");
    return "(%s) %s (%s)".formatted(query(types, depth - 1), operation, query(types, depth - 1));
  }

  private String select(List<GeneratedType> types, int depth) {
    scopes.add(new ArrayList<>());
    String from = from(depth);
    String where = choices.once(2) ? " WHERE " + condition(depth) : "";
    String distinct = choices.of("", "", "", "DISTINCT ");
    String items = itemsOrSets(types, depth);
    scopes.removeLast();
    return "SELECT %s%s FROM %s%s".formatted(distinct, items, from, where);
  }

  /** Now and then the first column has several rows. */
  private String itemsOrSets(List<GeneratedType> types, int depth) {
    boolean sets = types.getFirst() == GeneratedType.INT && choices.once(8);
    return sets
        ? IntStream.range(0, types.size())
            .mapToObj(index ->
                (index == 0 ? "generate_series(1, 2)" : item(types.get(index), depth))
                    + " AS c"
                    + index)
            .collect(Collectors.joining(", "))
        : items(types, depth);
  }

  private String items(List<GeneratedType> types, int depth) {
    return IntStream.range(0, types.size())
        .mapToObj(index -> item(types.get(index), depth) + " AS c" + index)
        .collect(Collectors.joining(", "));
  }

  private String item(GeneratedType type, int depth) {
    if (depth > 1 && type == GeneratedType.INT && choices.once(6)) {
      return window();
    }
    return value(type, depth);
  }

  private String window() {
    String partition = choices.of("", "PARTITION BY " + value(GeneratedType.INT, 0) + " ");
    String order = "ORDER BY " + value(GeneratedType.INT, 0);
    String frame =
        choices.of(
            "",
            "",
            " RANGE BETWEEN 1 PRECEDING AND CURRENT ROW",
            " GROUPS BETWEEN UNBOUNDED PRECEDING AND 1 FOLLOWING EXCLUDE GROUP",
            " RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING EXCLUDE TIES");
    String number = value(GeneratedType.INT, 0);
    String filter = choices.once(5) ? " FILTER (WHERE " + comparison() + ")" : "";
    String function =
        answers == Answers.SEVERAL && choices.once(2)
            ? choices.of(
                "row_number()",
                "lag(" + number + ")",
                "ntile(3)",
                "first_value(" + number + ")",
                "last_value(" + number + ")",
                "nth_value(" + number + ", 2)")
            : choices.of(
                "rank()",
                "dense_rank()",
                "count(*)" + filter,
                "max(" + number + ")" + filter,
                "sum(" + number + ")" + filter,
                "(100 * percent_rank()",
                "(100 * cume_dist()");
    String close = function.startsWith("(") ? ")" : "";
    return "%s OVER (%s%s%s)%s::int".formatted(function, partition, order, frame, close);
  }

  private String grouped(List<GeneratedType> types, int depth) {
    scopes.add(new ArrayList<>());
    String from = from(depth);
    String where = choices.once(3) ? " WHERE " + condition(depth) : "";
    List<GeneratedType> keyTypes =
        List.of(
            choices.of(
                GeneratedType.INT,
                GeneratedType.TEXT,
                GeneratedType.BOOL,
                GeneratedType.DATE,
                GeneratedType.MOOD,
                GeneratedType.UUID,
                GeneratedType.WORD,
                GeneratedType.PLACE,
                GeneratedType.SPAN),
            GeneratedType.INT);
    List<String> keys = keyTypes.stream().map(type -> value(type, 0)).toList();
    List<String> items = new ArrayList<>();
    for (GeneratedType type : types) {
      int key = keyTypes.indexOf(type);
      items.add(key >= 0 && choices.once(2) ? keys.get(key) : aggregate(type));
    }
    String clause =
        choices.of(
            " GROUP BY " + String.join(", ", keys),
            " GROUP BY " + String.join(", ", keys),
            " GROUP BY ROLLUP (" + String.join(", ", keys) + ")",
            " GROUP BY CUBE (" + String.join(", ", keys) + ")",
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

  private String aggregate(GeneratedType type) {
    String filter = choices.once(4) ? " FILTER (WHERE " + comparison() + ")" : "";
    return switch (type) {
      case INT, LONG, SHORT, POSITIVE -> "(" + number() + filter + ")::" + type.sql();
      case NUMERIC ->
          choices.of("sum(", "sum(DISTINCT ", "max(")
              + value(GeneratedType.NUMERIC, 0)
              + ")"
              + filter;
      case BOOL ->
          choices.of("bool_or(", "bool_and(", "every(")
              + value(GeneratedType.BOOL, 0)
              + ")"
              + filter;
      case ARRAY -> {
        String collected = value(GeneratedType.INT, 0);
        String order = answers == Answers.ONE ? " ORDER BY " + collected : "";
        yield choices.of("array_agg(", "array_agg(DISTINCT ") + collected + order + ")" + filter;
      }
      case TEXTS -> {
        String collected = value(GeneratedType.TEXT, 0);
        yield "array_agg(%s ORDER BY %s DESC NULLS LAST)%s".formatted(collected, collected, filter);
      }
      case TEXT -> {
        String text = value(GeneratedType.TEXT, 0);
        yield choices.of(
                "max(" + text + ")", "string_agg(%s, ',' ORDER BY %s)".formatted(text, text))
            + filter;
      }
      case JSON -> "to_jsonb(count(*)" + filter + ")";
      case UUID, PLACE, RANGE, BYTES -> {
        // Not every version has max of these.
        String collected = value(type, 0);
        yield "(array_agg(%s ORDER BY %s)%s)[1]".formatted(collected, collected, filter);
      }
      case DATE ->
          "percentile_disc(0.5) WITHIN GROUP (ORDER BY "
              + value(GeneratedType.DATE, 0)
              + ")"
              + filter;
      case CHAR, WORD -> "(max(" + value(type, 0) + ")" + filter + ")::" + type.sql();
      default -> "max(" + value(type, 0) + ")" + filter;
    };
  }

  private String number() {
    return choices.of(
        "count(*)",
        "count(DISTINCT " + value(GeneratedType.TEXT, 0) + ")",
        "min(" + value(GeneratedType.INT, 0) + ")",
        "bit_or(" + value(GeneratedType.INT, 0) + ")",
        "count(" + value(GeneratedType.PLACE, 0) + ")");
  }

  private String from(int depth) {
    String first = source(depth);
    String joined = first;
    int joins = depth > 0 ? choices.next(3) : 0;
    for (int count = 0; count < joins; count++) {
      int kind = choices.next(9);
      if (kind >= 6) {
        joined = otherJoin(joined, kind, count);
        continue;
      }
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

  /** Joins that want equal columns, and functions in FROM. */
  private String otherJoin(String left, int kind, int count) {
    String alias = "r" + names++;
    List<Col> own = scopes.getLast();
    if (kind == 8) {
      own.add(new Col(alias + ".c0", GeneratedType.INT));
      own.add(new Col(alias + ".c1", GeneratedType.LONG));
      String function =
          choices.of("generate_series(1, 2)", "unnest(" + columnOf(own, GeneratedType.ARRAY) + ")");
      return "%s %s LATERAL %s WITH ORDINALITY AS %s(c0, c1) ON true"
          .formatted(left, choices.of("JOIN", "LEFT JOIN"), function, alias);
    }
    String number = columnOf(own, GeneratedType.INT);
    boolean merged = count == 0 && choices.once(3) && !left.startsWith("(");
    tableColumns(alias);
    String condition =
        merged ? "USING (id)" : "ON %s = %s.%s".formatted(number, alias, choices.of("i", "id"));
    return "%s %s %s AS %s %s"
        .formatted(
            left,
            kind == 6 ? "FULL JOIN" : "JOIN",
            choices.of("t0", "t1", "t2", "v0"),
            alias,
            condition);
  }

  private static String columnOf(List<Col> columns, GeneratedType type) {
    return columns.stream()
        .filter(col -> col.type() == type)
        .map(Col::sql)
        .findFirst()
        .orElse(type.constants().getFirst());
  }

  private void tableColumns(String alias) {
    for (GeneratedType type : GeneratedType.values()) {
      scopes.getLast().add(new Col(alias + "." + type.column(), type));
    }
    scopes.getLast().add(new Col(alias + ".id", GeneratedType.INT));
  }

  private String lateral(int depth) {
    String alias = "l" + names++;
    List<GeneratedType> types = types(2);
    String query = query(types, depth - 2);
    scopes.getLast().addAll(columns(alias, types));
    return "LATERAL (%s) AS %s".formatted(query, alias);
  }

  private String source(int depth) {
    String alias = "r" + names++;
    if (depth > 1 && choices.once(4)) {
      List<GeneratedType> types = types(2);
      List<Col> own = scopes.removeLast();
      String query = query(types, depth - 1);
      scopes.add(own);
      own.addAll(columns(alias, types));
      return "(%s) AS %s".formatted(query, alias);
    }
    String table = choices.of("t0", "t1", "t2", "v0");
    tableColumns(alias);
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
        GeneratedType type = choices.of(GeneratedType.INT, GeneratedType.TEXT, GeneratedType.DATE);
        yield "%s %sIN (%s)"
            .formatted(value(type, 0), choices.of("", "NOT "), query(List.of(type), depth - 1));
      }
      case 10 ->
          "%s %s %s (%s)"
              .formatted(
                  value(GeneratedType.INT, 0),
                  choices.of("=", "<", ">=", "<>", "<="),
                  choices.of("ANY", "ALL"),
                  query(List.of(GeneratedType.INT), depth - 1));
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
    GeneratedType type =
        choices.of(
            GeneratedType.INT,
            GeneratedType.TEXT,
            GeneratedType.NUMERIC,
            GeneratedType.DATE,
            GeneratedType.BOOL,
            GeneratedType.FLOAT,
            GeneratedType.TIME,
            GeneratedType.CHAR,
            GeneratedType.MOOD,
            GeneratedType.LONG,
            GeneratedType.SHORT,
            GeneratedType.REAL,
            GeneratedType.WORD,
            GeneratedType.UUID,
            GeneratedType.PLACE,
            GeneratedType.CLOCK,
            GeneratedType.TEXTS,
            GeneratedType.BYTES,
            GeneratedType.SPAN,
            GeneratedType.RANGE,
            GeneratedType.POSITIVE,
            GeneratedType.BYTEWISE);
    return switch (choices.next(10)) {
      case 6 -> "%s BETWEEN %s AND %s".formatted(value(type, 0), value(type, 0), constant(type));
      case 7 ->
          "%s %sIN (%s, %s)"
              .formatted(value(type, 0), choices.of("", "NOT "), constant(type), value(type, 0));
      case 8 ->
          "(%s, %s) %s (%s, %s)"
              .formatted(
                  value(type, 0),
                  value(GeneratedType.INT, 0),
                  choices.of("=", "<", "IS DISTINCT FROM"),
                  value(type, 0),
                  value(GeneratedType.INT, 0));
      case 9 ->
          choices.of(
              value(GeneratedType.TEXT, 0)
                  + choices.of(" LIKE 'x%'", " NOT ILIKE '_1'", " ~ '[xX]'"),
              value(GeneratedType.INT, 0) + " = ANY (" + value(GeneratedType.ARRAY, 0) + ")",
              value(GeneratedType.JSON, 0) + " @> '{\"k\": 1}'",
              value(GeneratedType.RANGE, 0) + " @> " + value(GeneratedType.DATE, 0));
      case 4 -> value(type, 0) + choices.of(" IS NULL", " IS NOT NULL");
      case 5 -> "%s IS DISTINCT FROM %s".formatted(value(type, 0), value(type, 0));
      default ->
          "%s %s %s".formatted(value(type, 0), choices.of("=", "<", "<>", ">="), value(type, 0));
    };
  }

  private String value(GeneratedType type, int depth) {
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

  private String scalarQuery(GeneratedType type, int depth) {
    if (choices.once(3)) {
      String alias = "r" + names++;
      String key = value(GeneratedType.INT, 0);
      return "(SELECT %s.%s FROM t0 AS %s WHERE %s.id = %s%s)"
          .formatted(
              alias, type.column(), alias, alias, key, choices.of("", " AND " + alias + ".b"));
    }
    scopes.add(new ArrayList<>());
    String from = source(depth - 1);
    String aggregate = aggregate(type);
    String condition = comparison();
    scopes.removeLast();
    return "(SELECT %s FROM %s WHERE %s)".formatted(aggregate, from, condition);
  }

  private String computed(GeneratedType type, int depth) {
    return switch (type) {
      case INT ->
          choices.of(
              "(%s + %s)".formatted(value(GeneratedType.INT, 0), value(GeneratedType.INT, 0)),
              "length(%s)".formatted(value(GeneratedType.TEXT, 0)),
              "(%s)[1]".formatted(value(GeneratedType.ARRAY, 0)),
              "extract(day FROM %s)::int".formatted(value(GeneratedType.DATE, 0)),
              "(%s).number".formatted(value(GeneratedType.PLACE, 0)),
              "position('1' IN %s)".formatted(value(GeneratedType.TEXT, 0)),
              "%s::int".formatted(value(GeneratedType.SHORT, 0)),
              "cardinality(%s)".formatted(value(GeneratedType.TEXTS, 0)));
      case TEXT ->
          choices.of(
              "(%s || %s)".formatted(value(GeneratedType.TEXT, 0), value(GeneratedType.TEXT, 0)),
              "upper(%s)".formatted(value(GeneratedType.TEXT, 0)),
              "(%s)::text".formatted(value(choices.of(GeneratedType.values()), 0)),
              "(%s ->> 'k')".formatted(value(GeneratedType.JSON, 0)),
              "substring(%s FROM 1 FOR 1)".formatted(value(GeneratedType.TEXT, 0)),
              "trim(BOTH 'x' FROM %s)".formatted(value(GeneratedType.TEXT, 0)),
              "overlay(%s PLACING 'z' FROM 1)".formatted(value(GeneratedType.TEXT, 0)),
              "nullif(%s, %s)"
                  .formatted(value(GeneratedType.TEXT, 0), constant(GeneratedType.TEXT)),
              "(%s).street".formatted(value(GeneratedType.PLACE, 0)),
              "array_to_string(%s, ',')".formatted(value(GeneratedType.TEXTS, 0)));
      case NUMERIC -> "round(%s * 1.5, 2)".formatted(value(GeneratedType.NUMERIC, 0));
      case DATE ->
          choices.of(
              "(%s + 1)".formatted(value(GeneratedType.DATE, 0)),
              "(%s)::date".formatted(value(GeneratedType.CLOCK, 0)),
              "lower(%s)".formatted(value(GeneratedType.RANGE, 0)));
      case FLOAT -> "(%s * 2)".formatted(value(GeneratedType.FLOAT, 0));
      case REAL ->
          "(%s + %s)".formatted(value(GeneratedType.REAL, 0), constant(GeneratedType.REAL));
      case BOOL -> "(" + condition(depth - 1) + ")";
      case ARRAY ->
          choices.of(
              "ARRAY[%s, %s]".formatted(value(GeneratedType.INT, 0), value(GeneratedType.INT, 0)),
              "(%s)[1:1]".formatted(value(GeneratedType.ARRAY, 0)),
              arrayQuery());
      case JSON ->
          choices.of(
              "jsonb_build_object('v', %s)".formatted(value(GeneratedType.INT, 0)),
              "(%s -> 'k')".formatted(value(GeneratedType.JSON, 0)));
      case MOOD, LONG, SHORT, UUID, BYTES, PLACE ->
          "%s(%s, %s)".formatted(choices.of("greatest", "least"), value(type, 0), value(type, 0));
      case TIME -> "(%s + interval '1 hour')".formatted(value(GeneratedType.TIME, 0));
      case CLOCK ->
          choices.of(
              "(%s AT TIME ZONE 'Europe/Oslo')".formatted(value(GeneratedType.TIME, 0)),
              "date_trunc('day', %s)".formatted(value(GeneratedType.CLOCK, 0)));
      case CHAR, WORD -> "(%s)::%s".formatted(value(GeneratedType.TEXT, 0), type.sql());
      case TEXTS -> "ARRAY[%s, %s]".formatted(value(GeneratedType.TEXT, 0), "'q'::text");
      case SPAN -> "(%s * 2)".formatted(value(GeneratedType.SPAN, 0));
      case RANGE -> "(%s * %s)".formatted(value(GeneratedType.RANGE, 0), constant(type));
      case POSITIVE -> "coalesce(%s, 1)::positive".formatted(value(GeneratedType.POSITIVE, 0));
      case BYTEWISE -> "(%s COLLATE \"C\")".formatted(value(GeneratedType.TEXT, 0));
    };
  }

  private String arrayQuery() {
    String alias = "r" + names++;
    String order = answers == Answers.ONE ? " ORDER BY 1" : "";
    return "ARRAY(SELECT %s.i FROM t1 AS %s WHERE %s.id = %s%s)"
        .formatted(alias, alias, alias, value(GeneratedType.INT, 0), order);
  }

  /** A column of this query, or seldom of one around it; a constant where there is none. */
  private String column(GeneratedType type) {
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

  private String constant(GeneratedType type) {
    return type.constants().get(choices.next(type.constants().size()));
  }
}
