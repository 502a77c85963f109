package dev.pgtrickle.engine.advisor;

import dev.pgtrickle.engine.algebra.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Executes what is advised: the query, or its part, and the answer from the stream table. */
final class AdviceChecks {
  private final PlannedQueries queries;
  private final List<String> wrong = new ArrayList<>();
  private int answers;
  private int wholes;

  AdviceChecks(PlannedQueries queries) {
    this.queries = queries;
  }

  /** What was advised and is not so. */
  List<String> wrong() {
    return List.copyOf(wrong);
  }

  int answers() {
    return answers;
  }

  int wholes() {
    return wholes;
  }

  /** The stream table has been stored before. Returns what was answered. */
  Optional<Advice.Extent> check(String name, Operator query, KnownStreamTable table) {
    for (Part part : QueryParts.of(query)) {
      Optional<Substitution.Answer> answer = new Substitution().answer(part.rows(), table);
      if (answer.isPresent()) {
        answers++;
        compare(name, part.rows(), answer.get());
        boolean whole = part.extent() == Advice.Extent.WHOLE && answer.get().needsNothingElse();
        wholes += whole ? 1 : 0;
        return Optional.of(whole ? Advice.Extent.WHOLE : Advice.Extent.PART);
      }
    }
    return Optional.empty();
  }

  void compare(String name, Operator query, Substitution.Answer answer) {
    Optional<String> wanted = queries.images(query);
    if (wanted.isPresent() && !wanted.equals(queries.images(answer))) {
      wrong.add(
          "%s: %s\nby %s"
              .formatted(name, PlannedQueries.sql(query), new TreeSql().of(answer.tree())));
    }
  }
}
