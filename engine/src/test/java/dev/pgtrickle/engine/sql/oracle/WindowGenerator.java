package dev.pgtrickle.engine.sql.oracle;

/** Writes window functions. */
final class WindowGenerator {
  private final Grammar grammar;
  private final Choices choices;
  private final Answers answers;

  WindowGenerator(Grammar grammar) {
    this.grammar = grammar;
    this.choices = grammar.choices();
    this.answers = grammar.answers();
  }

  String window() {
    String partition = choices.of("", "PARTITION BY " + grammar.value(GeneratedType.INT, 0) + " ");
    String order = "ORDER BY " + grammar.value(GeneratedType.INT, 0);
    String frame =
        choices.of(
            "",
            "",
            " RANGE BETWEEN 1 PRECEDING AND CURRENT ROW",
            " GROUPS BETWEEN UNBOUNDED PRECEDING AND 1 FOLLOWING EXCLUDE GROUP",
            " RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING EXCLUDE TIES");
    String number = grammar.value(GeneratedType.INT, 0);
    String filter = choices.once(5) ? " FILTER (WHERE " + grammar.comparison() + ")" : "";
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
}
