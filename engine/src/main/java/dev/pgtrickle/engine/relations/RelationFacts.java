package dev.pgtrickle.engine.relations;

import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A relation as the catalog describes it at one moment.
 *
 * @param indexed the attribute numbers of columns that an index begins with: rows with a value are
 *     found by it. Of price alone: nothing that has to be right rests on it
 * @param ordered those of them whose index has their order
 */
public record RelationFacts(
    long oid,
    QualifiedName name,
    RelationKind kind,
    Persistence persistence,
    Identifier owner,
    RowSecurity rowSecurity,
    Inheritance inheritance,
    List<ColumnFacts> columns,
    List<UniqueKey> uniqueKeys,
    Set<Integer> indexed,
    Set<Integer> ordered) {

  /** Whether rows of other tables are read through it. */
  public boolean hasDescendants() {
    return kind == RelationKind.PARTITIONED_TABLE || inheritance == Inheritance.PARENT;
  }

  /**
   * The same without what holds of the table's own rows only: of those who inherit from it each has
   * its own indexes, and may have dropped a NOT NULL. What is declared of a partitioned table holds
   * of all its partitions.
   */
  RelationFacts ofAnyChild() {
    return new RelationFacts(
        oid,
        name,
        kind,
        persistence,
        owner,
        rowSecurity,
        inheritance,
        columns.stream().map(ColumnFacts::orNull).toList(),
        List.of(),
        Set.of(),
        Set.of());
  }

  public Optional<ColumnFacts> column(Identifier columnName) {
    return columns.stream().filter(column -> column.name().equals(columnName)).findFirst();
  }

  public Optional<ColumnFacts> column(int attributeNumber) {
    return columns.stream()
        .filter(column -> column.attributeNumber() == attributeNumber)
        .findFirst();
  }

  /** The unique keys whose columns can never be NULL: no two rows agree in all of them. */
  public List<UniqueKey> keysWithoutNull() {
    return uniqueKeys.stream().filter(key -> neverNull(key.attributeNumbers())).toList();
  }

  private boolean neverNull(Set<Integer> attributeNumbers) {
    return attributeNumbers.stream()
        .allMatch(number ->
            column(number)
                .map(column -> column.nullability() == Nullability.NOT_NULL)
                .orElse(false));
  }
}
