package dev.pgtrickle.engine.source;

import dev.pgtrickle.engine.postgres.QualifiedName;
import java.util.Optional;
import java.util.SortedSet;

/**
 * What a plan needs to know of one table: the columns whose changes matter. Written by the plan,
 * read by the capture; neither knows the other.
 *
 * @param relationOid the table
 * @param name its name when the query was analysed
 * @param extent whether the rows of tables below it are read with it
 * @param attributeNumbers pg_attribute.attnum of the columns that the query reads (may be empty:
 *     {@code SELECT count(*)})
 * @param streamTable under which name users know it, where it is the storage of a stream table
 */
public record SourceRequirement(
    long relationOid,
    QualifiedName name,
    Extent extent,
    SortedSet<Integer> attributeNumbers,
    Optional<QualifiedName> streamTable) {

  /** A table of the user's that has no others below it. */
  public SourceRequirement(
      long relationOid, QualifiedName name, SortedSet<Integer> attributeNumbers) {
    this(relationOid, name, Extent.ITSELF, attributeNumbers, Optional.empty());
  }

  /** The name in the query. */
  public QualifiedName known() {
    return streamTable.orElse(name);
  }
}
