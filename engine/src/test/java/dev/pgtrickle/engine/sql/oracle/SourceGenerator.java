package dev.pgtrickle.engine.sql.oracle;

import java.util.List;

/** Writes what stands in FROM. */
final class SourceGenerator {
  private final Grammar grammar;
  private final Choices choices;
  private final Scopes scopes;

  SourceGenerator(Grammar grammar) {
    this.grammar = grammar;
    this.choices = grammar.choices();
    this.scopes = grammar.scopes();
  }

  String from(int depth) {
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
      String condition = kind == 0 ? "" : " ON " + grammar.condition(0);
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
    String alias = "r" + scopes.next();
    List<Scopes.Col> own = scopes.own();
    if (kind == 8) {
      own.add(new Scopes.Col(alias + ".c0", GeneratedType.INT));
      own.add(new Scopes.Col(alias + ".c1", GeneratedType.LONG));
      String function =
          choices.of("generate_series(1, 2)", "unnest(" + columnOf(own, GeneratedType.ARRAY) + ")");
      return "%s %s LATERAL %s WITH ORDINALITY AS %s(c0, c1) ON true"
          .formatted(left, choices.of("JOIN", "LEFT JOIN"), function, alias);
    }
    String number = columnOf(own, GeneratedType.INT);
    // A constant joins nothing: PostgreSQL has no plan for a full join by it.
    boolean full = kind == 6 && own.stream().anyMatch(col -> col.type() == GeneratedType.INT);
    boolean merged = count == 0 && choices.once(3) && !left.startsWith("(");
    scopes.addTable(alias);
    String condition =
        merged ? "USING (id)" : "ON %s = %s.%s".formatted(number, alias, choices.of("i", "id"));
    return "%s %s %s AS %s %s"
        .formatted(
            left,
            full ? "FULL JOIN" : "JOIN",
            choices.of("t0", "t1", "t2", "v0"),
            alias,
            condition);
  }

  private static String columnOf(List<Scopes.Col> columns, GeneratedType type) {
    return columns.stream()
        .filter(col -> col.type() == type)
        .map(Scopes.Col::sql)
        .findFirst()
        .orElse(type.constants().getFirst());
  }

  private String lateral(int depth) {
    String alias = "l" + scopes.next();
    List<GeneratedType> types = grammar.types(2);
    String query = grammar.query(types, depth - 2);
    scopes.own().addAll(Scopes.columns(alias, types));
    return "LATERAL (%s) AS %s".formatted(query, alias);
  }

  String source(int depth) {
    String alias = "r" + scopes.next();
    if (depth > 1 && choices.once(4)) {
      List<GeneratedType> types = grammar.types(2);
      List<Scopes.Col> own = scopes.close();
      String query = grammar.query(types, depth - 1);
      scopes.open(own);
      scopes.own().addAll(Scopes.columns(alias, types));
      return "(%s) AS %s".formatted(query, alias);
    }
    String table = choices.of("t0", "t1", "t2", "v0");
    scopes.addTable(alias);
    return table + " AS " + alias;
  }
}
