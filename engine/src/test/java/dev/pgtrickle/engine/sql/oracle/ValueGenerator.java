package dev.pgtrickle.engine.sql.oracle;

import java.util.ArrayList;
import java.util.List;

/** Writes expressions of a wanted type. */
final class ValueGenerator {
  private final Grammar grammar;
  private final Choices choices;
  private final Scopes scopes;
  private final Answers answers;

  ValueGenerator(Grammar grammar) {
    this.grammar = grammar;
    this.choices = grammar.choices();
    this.scopes = grammar.scopes();
    this.answers = grammar.answers();
  }

  String value(GeneratedType type, int depth) {
    int kind = choices.next(depth > 0 ? 9 : 5);
    return switch (kind) {
      case 3 -> constant(type);
      case 4 -> "coalesce(%s, %s)".formatted(column(type), constant(type));
      case 5, 6 -> computed(type, depth);
      case 7 ->
          "CASE WHEN %s THEN %s ELSE %s END"
              .formatted(grammar.condition(depth - 1), value(type, depth - 1), value(type, 0));
      case 8 -> scalarQuery(type, depth);
      default -> column(type);
    };
  }

  private String scalarQuery(GeneratedType type, int depth) {
    if (choices.once(3)) {
      String alias = "r" + scopes.next();
      String key = value(GeneratedType.INT, 0);
      return "(SELECT %s.%s FROM t0 AS %s WHERE %s.id = %s%s)"
          .formatted(
              alias, type.column(), alias, alias, key, choices.of("", " AND " + alias + ".b"));
    }
    scopes.open(List.of());
    String from = grammar.source(depth - 1);
    String aggregate = grammar.aggregate(type);
    String condition = grammar.comparison();
    scopes.close();
    return "(SELECT %s FROM %s WHERE %s)".formatted(aggregate, from, condition);
  }

  String computed(GeneratedType type, int depth) {
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
      case BOOL -> "(" + grammar.condition(depth - 1) + ")";
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
      case CASELESS -> "(lower(%s) COLLATE caseless)".formatted(value(GeneratedType.WORD, 0));
      case BYTEWISE -> "(%s COLLATE \"C\")".formatted(value(GeneratedType.TEXT, 0));
    };
  }

  private String arrayQuery() {
    String alias = "r" + scopes.next();
    String order = answers == Answers.ONE ? " ORDER BY 1" : "";
    return "ARRAY(SELECT %s.i FROM t1 AS %s WHERE %s.id = %s%s)"
        .formatted(alias, alias, alias, value(GeneratedType.INT, 0), order);
  }

  /** A column of this query, or seldom of one around it; a constant where there is none. */
  private String column(GeneratedType type) {
    List<Scopes.Col> own = scopes.isEmpty() ? List.of() : scopes.own();
    List<Scopes.Col> candidates =
        new ArrayList<>(own.stream().filter(col -> col.type() == type).toList());
    if (scopes.isNested() && choices.once(3)) {
      scopes.outer().stream().filter(col -> col.type() == type).forEach(candidates::add);
    }
    return candidates.isEmpty()
        ? constant(type)
        : candidates.get(choices.next(candidates.size())).sql();
  }

  String constant(GeneratedType type) {
    return type.constants().get(choices.next(type.constants().size()));
  }
}
