package dev.pgtrickle.engine.algebra;

import dev.pgtrickle.engine.relations.RelationFacts;
import java.util.List;

/** Reads the referenced columns of a base table. */
public record Scan(RelationFacts relation, List<ScannedColumn> scanned) implements Operator {

  /** A column of the table under its id in the plan. */
  public record ScannedColumn(Column column, int attributeNumber) {}

  @Override
  public List<Column> columns() {
    return scanned.stream().map(ScannedColumn::column).toList();
  }

  @Override
  public List<Operator> inputs() {
    return List.of();
  }
}
