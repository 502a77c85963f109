package dev.pgtrickle.engine.algebra;

import java.util.List;

/**
 * Reads a common table, also the one that is just being defined.
 *
 * @param columns one for each column of the table, in its order
 */
public record CommonTableScan(CommonTableId table, List<Column> columns) implements Operator {

  @Override
  public List<Operator> inputs() {
    return List.of();
  }

  @Override
  public Operator withInputs(List<Operator> inputs) {
    return this;
  }

  @Override
  public String title() {
    return "common table";
  }
}
