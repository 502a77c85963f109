package dev.pgtrickle.engine.sql.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes groups and aggregates. */
final class GroupGenerator {
  private final Grammar grammar;
  private final Choices choices;
  private final Scopes scopes;
  private final Answers answers;

  GroupGenerator(Grammar grammar) {
    this.grammar = grammar;
    this.choices = grammar.choices();
    this.scopes = grammar.scopes();
    this.answers = grammar.answers();
  }

  String grouped(List<GeneratedType> types, int depth) {
    scopes.open(List.of());
    String from = grammar.from(depth);
    String where = choices.once(3) ? " WHERE " + grammar.condition(depth) : "";
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
    // A query within a key is the same query where the key stands again.
    int within = choices.once(4) ? depth : 0;
    List<String> keys = keyTypes.stream().map(type -> grammar.value(type, within)).toList();
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
    scopes.close();
    String list =
        IntStream.range(0, items.size())
            .mapToObj(index -> items.get(index) + " AS c" + index)
            .collect(Collectors.joining(", "));
    return "SELECT %s FROM %s%s%s%s".formatted(list, from, where, whole ? "" : clause, having);
  }

  String aggregate(GeneratedType type) {
    String filter = choices.once(4) ? " FILTER (WHERE " + grammar.comparison() + ")" : "";
    return switch (type) {
      case INT, LONG, SHORT -> "(" + number() + filter + ")::" + type.sql();
      // Never one that the domain refuses: whether that stops a query is a matter of its plan.
      case POSITIVE -> "nullif(greatest(" + number() + filter + ", 0), 0)::" + type.sql();
      case NUMERIC ->
          choices.of("sum(", "sum(DISTINCT ", "max(")
              + grammar.value(GeneratedType.NUMERIC, 0)
              + ")"
              + filter;
      case BOOL ->
          choices.of("bool_or(", "bool_and(", "every(")
              + grammar.value(GeneratedType.BOOL, 0)
              + ")"
              + filter;
      case ARRAY -> {
        String collected = grammar.value(GeneratedType.INT, 0);
        String order = answers == Answers.ONE ? " ORDER BY " + collected : "";
        yield choices.of("array_agg(", "array_agg(DISTINCT ") + collected + order + ")" + filter;
      }
      case TEXTS -> {
        String collected = grammar.value(GeneratedType.TEXT, 0);
        yield "array_agg(%s ORDER BY %s DESC NULLS LAST)%s".formatted(collected, collected, filter);
      }
      case TEXT -> {
        String text = grammar.value(GeneratedType.TEXT, 0);
        yield choices.of(
                "max(" + text + ")", "string_agg(%s, ',' ORDER BY %s)".formatted(text, text))
            + filter;
      }
      case JSON -> "to_jsonb(count(*)" + filter + ")";
      case UUID, PLACE, RANGE, BYTES -> {
        // Not every version has max of these.
        String collected = grammar.value(type, 0);
        yield "(array_agg(%s ORDER BY %s)%s)[1]".formatted(collected, collected, filter);
      }
      case DATE ->
          "percentile_disc(0.5) WITHIN GROUP (ORDER BY "
              + grammar.value(GeneratedType.DATE, 0)
              + ")"
              + filter;
      case CHAR, WORD -> "(max(" + grammar.value(type, 0) + ")" + filter + ")::" + type.sql();
      default -> "max(" + grammar.value(type, 0) + ")" + filter;
    };
  }

  private String number() {
    return choices.of(
        "count(*)",
        "count(DISTINCT " + grammar.value(GeneratedType.TEXT, 0) + ")",
        "min(" + grammar.value(GeneratedType.INT, 0) + ")",
        "bit_or(" + grammar.value(GeneratedType.INT, 0) + ")",
        "count(" + grammar.value(GeneratedType.PLACE, 0) + ")");
  }
}
