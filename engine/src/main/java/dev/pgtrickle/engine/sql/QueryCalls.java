package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.sql.stability.Stability;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a query and the views in it rest on beside rows.
 *
 * @param functions all that are called, also by operators and casts
 * @param words what is no function: words for the clock, and nodes whose result nobody vouches for
 * @param types oids of domains whose constraints are checked
 */
record QueryCalls(List<UsedFunction> functions, List<Word> words, Set<Long> types) {

  /** A word of the query, or a part of it, and what its value rests on. */
  record Word(String name, Stability stability) {}

  /** The names of what is of a stability. */
  List<String> named(Stability stability) {
    return Stream.concat(
            functions.stream()
                .filter(function -> function.stability() == stability)
                .map(UsedFunction::name),
            words.stream().filter(word -> word.stability() == stability).map(Word::name))
        .distinct()
        .toList();
  }

  boolean has(Stability stability) {
    return !named(stability).isEmpty();
  }
}
