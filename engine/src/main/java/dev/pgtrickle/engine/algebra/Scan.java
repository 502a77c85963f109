package dev.pgtrickle.engine.algebra;

import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.relations.RelationFacts;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Reads the referenced columns of a table.
 *
 * @param reach whether the tables that inherit from it are read with it
 * @param sample the TABLESAMPLE clause
 * @param streamTable under which name the user knows the table, where it is the storage of a stream
 *     table
 */
public record Scan(
    RelationFacts relation,
    List<ScannedColumn> scanned,
    Reach reach,
    Optional<Scalar> sample,
    Optional<QualifiedName> streamTable)
    implements Operator {

  /**
   * A column of the table under its id in the plan.
   *
   * @param attributeNumber of the catalog; below zero for a system column
   */
  public record ScannedColumn(Column column, int attributeNumber) {}

  /** How far a scan reaches. */
  public enum Reach {
    WITH_DESCENDANTS,
    ONLY
  }

  /** Reads the whole table. */
  public Scan(RelationFacts relation, List<ScannedColumn> scanned) {
    this(relation, scanned, Optional.empty());
  }

  /** Reads the whole table, or the whole storage of a stream table. */
  public Scan(
      RelationFacts relation, List<ScannedColumn> scanned, Optional<QualifiedName> streamTable) {
    this(relation, scanned, Reach.WITH_DESCENDANTS, Optional.empty(), streamTable);
  }

  /** The name under which users know the table. */
  public QualifiedName known() {
    return streamTable.orElse(relation.name());
  }

  /** The same rows with other columns. */
  public Scan withScanned(List<ScannedColumn> others) {
    return new Scan(relation, others, reach, sample, streamTable);
  }

  /** The same table without those that inherit from it. */
  public Scan alone() {
    return new Scan(relation, scanned, Reach.ONLY, sample, streamTable);
  }

  @Override
  public List<Column> columns() {
    return scanned.stream().map(ScannedColumn::column).toList();
  }

  @Override
  public List<Operator> inputs() {
    return List.of();
  }

  @Override
  public Operator withInputs(List<Operator> inputs) {
    return this;
  }

  @Override
  public List<Scalar> scalars() {
    return sample.stream().toList();
  }

  @Override
  public Operator withScalars(UnaryOperator<Scalar> change) {
    return new Scan(relation, scanned, reach, sample.map(change), streamTable);
  }

  @Override
  public String title() {
    return streamTable
        .map(name -> "scan of stream table " + name)
        .orElseGet(() -> "scan of " + relation.name());
  }
}
