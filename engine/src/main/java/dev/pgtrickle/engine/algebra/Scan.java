package dev.pgtrickle.engine.algebra;

import dev.pgtrickle.engine.relations.RelationFacts;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Reads the referenced columns of a base table.
 *
 * @param reach whether the tables that inherit from it are read with it
 * @param sample the TABLESAMPLE clause
 */
public record Scan(
    RelationFacts relation, List<ScannedColumn> scanned, Reach reach, Optional<Scalar> sample)
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
    this(relation, scanned, Reach.WITH_DESCENDANTS, Optional.empty());
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
    return new Scan(relation, scanned, reach, sample.map(change));
  }

  @Override
  public String title() {
    return "scan of " + relation.name();
  }
}
