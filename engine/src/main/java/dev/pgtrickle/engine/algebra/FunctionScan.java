package dev.pgtrickle.engine.algebra;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The rows that functions return: a call, ROWS FROM, JSON_TABLE or XMLTABLE. It may use columns of
 * what stands before it in FROM.
 *
 * @param definitions the text of each column's type, where the query has to say it; else empty
 */
public record FunctionScan(
    List<Column> columns, Scalar call, Ordinality ordinality, List<String> definitions)
    implements Operator {

  /** Whether the last column numbers the rows. */
  public enum Ordinality {
    NONE,
    NUMBERED
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
    return List.of(call);
  }

  @Override
  public Operator withScalars(UnaryOperator<Scalar> change) {
    return new FunctionScan(columns, change.apply(call), ordinality, definitions);
  }

  @Override
  public String title() {
    return "function in FROM";
  }
}
