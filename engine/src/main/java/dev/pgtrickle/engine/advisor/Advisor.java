package dev.pgtrickle.engine.advisor;

import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.property.ReadColumns;
import dev.pgtrickle.engine.postgres.QualifiedName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Gives advice on a query, for people to read. Nothing that has to be right may rest on it: it asks
 * Calcite, which knows nothing of PostgreSQL's types, and answers only where text and columns are
 * the same and a {@link Trial} bears it out.
 *
 * <p>Plans have to be normalised, typed, refined and deterministic. An instance keeps nothing and
 * may be shared. The first advice of a process takes seconds, because Calcite compiles parts of
 * itself; with no stream table over the same relations it is not asked at all.
 */
public final class Advisor {

  /**
   * Which stream tables a query, or a part of it, can be answered from; the ones that have all of
   * it first.
   */
  public List<Advice> advise(Operator plan, List<KnownStreamTable> known) {
    List<Advice> found = new ArrayList<>();
    List<Part> parts = QueryParts.of(plan);
    for (KnownStreamTable table : known) {
      advice(parts, table).ifPresent(found::add);
    }
    return found.stream().sorted(Comparator.comparing(Advice::extent)).toList();
  }

  /** Where the values of each column of the result come from. */
  public List<ColumnLineage> lineage(Operator plan) {
    LineageReader reader = new LineageReader(plan);
    return plan.columns().stream()
        .map(column ->
            new ColumnLineage(
                column.name(),
                reader.origins(column.id()).stream()
                    .sorted(Comparator.comparing(ColumnOrigin::toString))
                    .toList()))
        .toList();
  }

  private static Optional<Advice> advice(List<Part> parts, KnownStreamTable table) {
    Set<QualifiedName> over = ReadColumns.of(table.plan()).keySet();
    return parts.stream()
        .filter(part -> ReadColumns.of(part.rows()).keySet().containsAll(over))
        .flatMap(part -> answer(part, table).stream())
        .findFirst()
        .map(extent -> new Advice(table.name(), extent, over.stream().sorted().toList()));
  }

  /** Calcite's own failures are no concern of who asked. */
  private static Optional<Advice.Extent> answer(Part part, KnownStreamTable table) {
    try {
      return new Substitution()
          .answer(part.rows(), table)
          .map(answer ->
              part.extent() == Advice.Extent.WHOLE && answer.needsNothingElse()
                  ? Advice.Extent.WHOLE
                  : Advice.Extent.PART);
    } catch (RuntimeException | AssertionError | StackOverflowError failure) {
      return Optional.empty();
    }
  }
}
