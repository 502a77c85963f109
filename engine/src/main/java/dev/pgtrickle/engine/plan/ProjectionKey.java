package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.UniqueKeys;
import dev.pgtrickle.engine.algebra.property.CandidateKeys;
import dev.pgtrickle.engine.algebra.property.NonNullColumns;
import dev.pgtrickle.engine.relations.IndexWidth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How the rows of a query that does not group at the top are told apart: by the smallest key that
 * is never NULL and always fits into an index entry, else by their image.
 */
final class ProjectionKey {

  /**
   * @param plan the query before its refinement: an image that was picked is no plain column
   * @param root the same with the names of the storage's columns
   */
  StorageKey of(Operator plan, Project root) {
    Optional<List<Integer>> key =
        ofOneTable(root)
            .or(() ->
                CandidateKeys.of(plan).keys().stream()
                    .filter(candidate -> isUsable(plan, candidate))
                    .min(Comparator.comparingInt(Set::size))
                    .map(candidate -> places(plan.columns(), candidate)));
    return key.<StorageKey>map(places ->
            new StorageKey.NotNullKey(
                places.stream().map(place -> root.columns().get(place).name()).toList()))
        .orElseGet(() -> new StorageKey.Keyless(KeyHash.COLUMN));
  }

  /** A key of a table fits into an index, because it is in one. */
  private static Optional<List<Integer>> ofOneTable(Project root) {
    if (KeptState.groupsOf(root).isPresent()) {
      return Optional.empty();
    }
    return new UniqueKeys()
        .of(root).stream().findFirst().map(candidate -> places(root.columns(), candidate));
  }

  private static boolean isUsable(Operator plan, Set<ColumnId> candidate) {
    Set<ColumnId> notNull = NonNullColumns.of(plan);
    return !candidate.isEmpty()
        && candidate.size() <= StorageKey.NotNullKey.MOST_COLUMNS
        && notNull.containsAll(candidate)
        && candidate.stream()
            .allMatch(id ->
                plan.columns().stream()
                    .filter(column -> column.id().equals(id))
                    .anyMatch(column ->
                        !column.type().isUndetermined()
                            && IndexWidth.of(column.type()) == IndexWidth.BOUNDED));
  }

  private static List<Integer> places(List<Column> columns, Set<ColumnId> key) {
    List<ColumnId> ids = columns.stream().map(Column::id).toList();
    List<Integer> places = new ArrayList<>();
    key.forEach(id -> places.add(ids.indexOf(id)));
    return places;
  }
}
