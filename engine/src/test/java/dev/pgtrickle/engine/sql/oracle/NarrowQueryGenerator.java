package dev.pgtrickle.engine.sql.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes queries over one table: those that are followed row by row, or group by group. */
final class NarrowQueryGenerator {
  private final Grammar grammar;
  private final Choices choices;
  private final Scopes scopes;

  NarrowQueryGenerator(Grammar grammar) {
    this.grammar = grammar;
    this.choices = grammar.choices();
    this.scopes = grammar.scopes();
  }

  String query() {
    scopes.open(List.of());
    String source = grammar.source(0);
    String where = choices.once(2) ? " WHERE " + grammar.condition(0) : "";
    String query = choices.once(2) ? grouped(source, where) : plain(source, where);
    scopes.close();
    return query;
  }

  private String plain(String source, String where) {
    List<String> items =
        grammar.types(1 + choices.next(4)).stream()
            .map(type -> choices.once(3) ? grammar.computed(type) : grammar.value(type, 0))
            .toList();
    return "SELECT %s FROM %s%s".formatted(list(items), source, where);
  }

  private String grouped(String source, String where) {
    List<String> keys =
        grammar.types(choices.next(3)).stream().map(type -> grammar.value(type, 0)).toList();
    List<String> items = new ArrayList<>(keys);
    int aggregates = 1 + choices.next(3);
    for (int number = 0; number < aggregates; number++) {
      items.add(aggregate());
    }
    String clause = keys.isEmpty() ? "" : " GROUP BY " + String.join(", ", keys);
    return "SELECT %s FROM %s%s%s".formatted(list(items), source, where, clause);
  }

  private String aggregate() {
    return choices.of(
        "count(*)",
        "count(" + grammar.value(choices.of(GeneratedType.values()), 0) + ")",
        "sum(" + grammar.value(GeneratedType.INT, 0) + ")",
        "sum(" + grammar.value(GeneratedType.LONG, 0) + ")",
        "sum(" + grammar.value(GeneratedType.NUMERIC, 0) + ")",
        "sum(" + grammar.value(GeneratedType.SHORT, 0) + ")",
        "sum(" + grammar.value(GeneratedType.SPAN, 0) + ")");
  }

  private static String list(List<String> items) {
    return IntStream.range(0, items.size())
        .mapToObj(index -> items.get(index) + " AS c" + index)
        .collect(Collectors.joining(", "));
  }
}
