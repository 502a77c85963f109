package dev.pgtrickle.engine.sql.oracle;

import java.util.List;

/** Writes conditions. */
final class ConditionGenerator {
  private final Grammar grammar;
  private final Choices choices;
  private final Scopes scopes;

  ConditionGenerator(Grammar grammar) {
    this.grammar = grammar;
    this.choices = grammar.choices();
    this.scopes = grammar.scopes();
  }

  String condition(int depth) {
    int kind = choices.next(depth > 0 ? 11 : 6);
    return switch (kind) {
      case 3 -> "(%s AND %s)".formatted(comparison(), comparison());
      case 4 -> "(%s OR %s)".formatted(comparison(), comparison());
      case 5 -> "NOT " + comparison();
      case 6, 7 -> choices.of("", "NOT ") + "EXISTS (" + correlated(depth) + ")";
      case 8, 9 -> {
        GeneratedType type = choices.of(GeneratedType.INT, GeneratedType.TEXT, GeneratedType.DATE);
        yield "%s %sIN (%s)"
            .formatted(
                grammar.value(type, 0),
                choices.of("", "NOT "),
                grammar.query(List.of(type), depth - 1));
      }
      case 10 ->
          "%s %s %s (%s)"
              .formatted(
                  grammar.value(GeneratedType.INT, 0),
                  choices.of("=", "<", ">=", "<>", "<="),
                  choices.of("ANY", "ALL"),
                  grammar.query(List.of(GeneratedType.INT), depth - 1));
      default -> comparison();
    };
  }

  private String correlated(int depth) {
    scopes.open(List.of());
    String from = grammar.source(depth - 1);
    String condition = comparison();
    scopes.close();
    return "SELECT 1 FROM %s WHERE %s".formatted(from, condition);
  }

  String comparison() {
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
      case 6 ->
          "%s BETWEEN %s AND %s"
              .formatted(grammar.value(type, 0), grammar.value(type, 0), grammar.constant(type));
      case 7 ->
          "%s %sIN (%s, %s)"
              .formatted(
                  grammar.value(type, 0),
                  choices.of("", "NOT "),
                  grammar.constant(type),
                  grammar.value(type, 0));
      case 8 ->
          "(%s, %s) %s (%s, %s)"
              .formatted(
                  grammar.value(type, 0),
                  grammar.value(GeneratedType.INT, 0),
                  choices.of("=", "<", "IS DISTINCT FROM"),
                  grammar.value(type, 0),
                  grammar.value(GeneratedType.INT, 0));
      case 9 ->
          choices.of(
              grammar.value(GeneratedType.TEXT, 0)
                  + choices.of(" LIKE 'x%'", " NOT ILIKE '_1'", " ~ '[xX]'"),
              grammar.value(GeneratedType.INT, 0)
                  + " = ANY ("
                  + grammar.value(GeneratedType.ARRAY, 0)
                  + ")",
              grammar.value(GeneratedType.JSON, 0) + " @> '{\"k\": 1}'",
              grammar.value(GeneratedType.RANGE, 0)
                  + " @> "
                  + grammar.value(GeneratedType.DATE, 0));
      case 4 -> grammar.value(type, 0) + choices.of(" IS NULL", " IS NOT NULL");
      case 5 -> "%s IS DISTINCT FROM %s".formatted(grammar.value(type, 0), grammar.value(type, 0));
      default ->
          "%s %s %s"
              .formatted(
                  grammar.value(type, 0), choices.of("=", "<", "<>", ">="), grammar.value(type, 0));
    };
  }
}
