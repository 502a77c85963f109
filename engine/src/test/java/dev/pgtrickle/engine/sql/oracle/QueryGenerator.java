package dev.pgtrickle.engine.sql.oracle;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes random queries that PostgreSQL accepts. Equal values always look the same in the data that
 * come with them, because DISTINCT and its like may show any of them.
 */
final class QueryGenerator {
  static final String SCHEMA = GeneratedType.schema();

  /** The decision for a query over one table, one of so many and one. */
  static final int NARROW = 2;

  private final Grammar grammar;
  private final Choices choices;
  private final Scopes scopes;
  private final Answers answers;

  QueryGenerator(Choices choices) {
    this(choices, Answers.ONE);
  }

  QueryGenerator(Choices choices, Answers answers) {
    this(new Grammar(choices, new Scopes(), answers));
  }

  QueryGenerator(Grammar grammar) {
    this.grammar = grammar;
    this.choices = grammar.choices();
    this.scopes = grammar.scopes();
    this.answers = grammar.answers();
  }

  String query() {
    List<GeneratedType> types = types(1 + choices.next(4));
    return choices.once(6) ? withCommonTable(types) : query(types, 3);
  }

  /** One over a single table now and then, else any. */
  String queryOfAnyWidth() {
    return choices.next(NARROW + 1) == NARROW ? new NarrowQueryGenerator(grammar).query() : query();
  }

  /** A query with columns c0, c1, ... of these types. */
  String query(List<GeneratedType> types, int depth) {
    int kind = depth > 0 ? choices.next(11) : 0;
    return switch (kind) {
      case 5, 6 -> setOperation(types, depth);
      case 9 -> distinctOn(types, depth);
      case 10 -> values(types);
      case 7 -> grammar.grouped(types, depth);
      case 8 -> limited(types, depth);
      default -> select(types, depth);
    };
  }

  List<GeneratedType> types(int count) {
    return IntStream.range(0, count).mapToObj(_ -> choices.of(GeneratedType.values())).toList();
  }

  private String withCommonTable(List<GeneratedType> types) {
    if (choices.once(4)) {
      return recursive(types);
    }
    List<GeneratedType> inner = types(2);
    String hint = choices.of("", "MATERIALIZED ", "NOT MATERIALIZED ");
    String body = query(inner, 2);
    String name = "w" + scopes.next();
    scopes.open(Scopes.columns(name, inner));
    String outer =
        "SELECT %s FROM %s"
            .formatted(
                items(types, 2), choices.of(name, name + ", t0", name + " LEFT JOIN t1 ON true"));
    scopes.close();
    return "WITH %s AS %s(%s) %s".formatted(name, hint, body, outer);
  }

  private String recursive(List<GeneratedType> types) {
    String name = "w" + scopes.next();
    scopes.open(Scopes.columns(name, List.of(GeneratedType.INT, GeneratedType.TEXT)));
    String step =
        choices.of(
            "SELECT %1$s.c0 + 1, %1$s.c1 FROM %1$s WHERE %1$s.c0 < 4",
            "SELECT %1$s.c0 + 1, r.s FROM %1$s JOIN t0 AS r ON r.i = %1$s.c0 AND %1$s.c0 < 3");
    String outer =
        "SELECT %s FROM %s".formatted(items(types, 1), choices.of(name, name + " JOIN t2 ON true"));
    scopes.close();
    return "WITH RECURSIVE %s(c0, c1) AS (SELECT 1, %s::text %s %s) %s"
        .formatted(
            name,
            choices.of("'x1'", "NULL"),
            choices.of("UNION ALL", "UNION"),
            step.formatted(name),
            outer);
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
        .formatted(query(types, depth - 1), scopes.next(), order);
  }

  private String values(List<GeneratedType> types) {
    return IntStream.range(0, 1 + choices.next(3))
        .mapToObj(row ->
            types.stream().map(grammar::constant).collect(Collectors.joining(", ", "(", ")")))
        .collect(
            Collectors.joining(
                ", ",
                "SELECT * FROM (VALUES ",
                IntStream.range(0, types.size())
                    .mapToObj(index -> "c" + index)
                    .collect(Collectors.joining(", ", ") AS q" + scopes.next() + "(", ")"))));
  }

  private String limited(List<GeneratedType> types, int depth) {
    if (choices.once(4)) {
      return "SELECT * FROM (%s) AS q%d ORDER BY c0 FETCH FIRST %d ROWS WITH TIES"
          .formatted(query(types, depth - 1), scopes.next(), 1 + choices.next(5));
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
            query(types, depth - 1),
            scopes.next(),
            order,
            choices.next(7),
            choices.of("", " OFFSET 1"));
  }

  private String setOperation(List<GeneratedType> types, int depth) {
    String operation =
        choices.of("UNION ALL", "UNION", "INTERSECT", "EXCEPT", "INTERSECT ALL", "EXCEPT ALL");
    return "(%s) %s (%s)".formatted(query(types, depth - 1), operation, query(types, depth - 1));
  }

  private String select(List<GeneratedType> types, int depth) {
    scopes.open(List.of());
    String from = grammar.from(depth);
    String where = choices.once(2) ? " WHERE " + grammar.condition(depth) : "";
    String distinct = choices.of("", "", "", "DISTINCT ");
    String items = itemsOrSets(types, depth);
    scopes.close();
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
      return grammar.window();
    }
    return grammar.value(type, depth);
  }
}
