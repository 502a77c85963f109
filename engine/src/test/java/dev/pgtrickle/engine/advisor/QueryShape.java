package dev.pgtrickle.engine.advisor;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A query over the generator's tables that is made of few pieces, so that two of them, of which one
 * was made from the other, nearly fit: that is where wrong advice would come from.
 *
 * @param joins of the second and further tables
 * @param items columns, or what is grouped by
 * @param aggregates none = no groups
 */
record QueryShape(
    List<String> tables,
    List<String> joins,
    List<String> conditions,
    Form form,
    List<String> items,
    List<String> aggregates,
    String having) {
  private static final List<String> TABLES = List.of("t0", "t1", "t2");
  private static final List<String> JOINS =
      List.of("JOIN", "JOIN", "JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN");
  private static final List<String> LINKS =
      List.of("a.i = b.i", "a.id = b.i", "a.s = b.s", "a.bi = b.bi", "a.n = b.n", "a.m = b.m");
  private static final List<String> CONDITIONS =
      List.of(
          "%s.i > 1",
          "%s.s = 'x1'",
          "%s.b",
          "NOT %s.b",
          "%s.i IS NULL",
          "%s.n >= 1.50",
          "(%s.b OR %<s.i > 2)",
          "(%s.i > 2 OR %<s.b)",
          "(%s.b OR %<s.i > 2 OR %<s.s = 'x1')",
          "%s.id = %<s.i",
          "%s.i = %<s.id",
          "NOT (%s.b AND %<s.i > 1)",
          "%s.bi IS NOT NULL",
          "coalesce(%s.i, 0) = 0",
          "1 = 2",
          "%s.i IN (1, 2)");
  private static final List<String> ITEMS =
      List.of(
          "%s.i",
          "%s.s",
          "%s.id",
          "%s.b",
          "%s.m",
          "%s.bi",
          "%s.n",
          "coalesce(%s.i, 7)",
          "upper(%s.s)",
          "'k'::text",
          "%s.i > 1");
  private static final List<String> AGGREGATES =
      List.of(
          "count(*)",
          "count(*)",
          "count(%s.i)",
          "count(NULL::int)",
          "count(DISTINCT %s.i)",
          "sum(%s.i)",
          "max(%s.s)",
          "min(%s.n)",
          "bool_or(%s.b)",
          "sum(%s.bi)",
          "count(*) FILTER (WHERE %s.b)");

  /** What is done with the rows. */
  enum Form {
    ROWS,
    DISTINCT,
    GROUPS,
    TWICE,
    UNION
  }

  static QueryShape random(Form form, SplittableRandom random) {
    int count = 1 + random.nextInt(3);
    return new QueryShape(
        some(random, TABLES, count),
        some(random, JOINS, count).stream()
            .map(join -> join + " %s ON " + LINKS.get(random.nextInt(LINKS.size())))
            .toList(),
        filled(some(random, CONDITIONS, random.nextInt(4)), random, count),
        form,
        filled(some(random, ITEMS, 1 + random.nextInt(4)), random, count),
        filled(some(random, AGGREGATES, 1 + random.nextInt(2)), random, count),
        random.nextInt(5) == 0 ? " HAVING count(*) > 1" : "");
  }

  /** Another one like it: each piece may have changed a little. */
  QueryShape changed(SplittableRandom random) {
    int count = tables.size();
    List<String> wheres = new ArrayList<>(conditions);
    List<String> columns = new ArrayList<>(items);
    if (random.nextInt(2) == 0) {
      wheres.addAll(filled(some(random, CONDITIONS, 1), random, count));
    }
    if (random.nextInt(5) == 0 && !wheres.isEmpty()) {
      wheres.remove(random.nextInt(wheres.size()));
    }
    if (random.nextInt(2) == 0 && columns.size() > 1) {
      columns.remove(random.nextInt(columns.size()));
    }
    if (random.nextInt(6) == 0) {
      columns.addAll(filled(some(random, ITEMS, 1), random, count));
    }
    return new QueryShape(
        tables,
        random.nextInt(8) == 0 ? random(form, random).joins(tables.size()) : joins,
        wheres,
        random.nextInt(6) == 0 ? Form.values()[random.nextInt(Form.values().length)] : form,
        columns,
        random.nextInt(4) == 0 ? filled(some(random, AGGREGATES, 1), random, count) : aggregates,
        random.nextInt(5) == 0 ? " HAVING count(*) > 1" : having);
  }

  private List<String> joins(int count) {
    List<String> found = new ArrayList<>(joins);
    while (found.size() < count) {
      found.add("LEFT JOIN %s ON " + LINKS.getFirst());
    }
    return found;
  }

  /** What may be asked of its rows by others. */
  String over(SplittableRandom random) {
    int width = items.size();
    String column = "v.c" + random.nextInt(width);
    return switch (random.nextInt(5)) {
      case 0 -> "SELECT %s AS c0 FROM (%s) AS v".formatted(column, sql());
      case 1 -> "SELECT v.* FROM (%s) AS v WHERE %s IS NOT NULL".formatted(sql(), column);
      case 2 ->
          "SELECT %s AS c0, count(*) AS c1 FROM (%s) AS v GROUP BY 1".formatted(column, sql());
      case 3 ->
          "SELECT v.*, o.s AS other FROM (%s) AS v JOIN t1 AS o ON o.id > 2 AND o.b"
              .formatted(sql());
      default ->
          "SELECT v.*, rank() OVER (ORDER BY v.c0) AS place FROM (%s) AS v WHERE %s IS NOT NULL"
              .formatted(sql(), column);
    };
  }

  String sql() {
    StringBuilder from = new StringBuilder(tables.getFirst() + " AS a0");
    for (int index = 1; index < tables.size(); index++) {
      String join = joins.get(index).formatted(tables.get(index) + " AS a" + index);
      from.append(' ').append(join.replace(" a.", " a0.").replace(" b.", " a" + index + "."));
    }
    String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    String rest = from + where;
    return switch (form) {
      case ROWS -> "SELECT %s FROM %s".formatted(list(items, 0), rest);
      case DISTINCT -> "SELECT DISTINCT %s FROM %s".formatted(list(items, 0), rest);
      case GROUPS ->
          "SELECT %s, %s FROM %s GROUP BY %s%s"
              .formatted(list(items, 0), list(aggregates, items.size()), rest, positions(), having);
      case TWICE ->
          "SELECT %s FROM %s UNION ALL SELECT %s FROM %s"
              .formatted(list(items, 0), rest, list(items, 0), from);
      case UNION ->
          "SELECT %s FROM %s UNION SELECT %s FROM %s"
              .formatted(list(items, 0), rest, list(items, 0), from);
    };
  }

  private String positions() {
    return IntStream.rangeClosed(1, items.size())
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", "));
  }

  private static String list(List<String> expressions, int first) {
    List<String> named = new ArrayList<>();
    for (String expression : expressions) {
      named.add(expression + " AS c" + (first + named.size()));
    }
    return String.join(", ", named);
  }

  private static List<String> some(SplittableRandom random, List<String> from, int count) {
    List<String> found = new ArrayList<>();
    while (found.size() < count) {
      found.add(from.get(random.nextInt(from.size())));
    }
    return List.copyOf(found);
  }

  private static List<String> filled(List<String> texts, SplittableRandom random, int tables) {
    return texts.stream().map(text -> text.formatted("a" + random.nextInt(tables))).toList();
  }
}
