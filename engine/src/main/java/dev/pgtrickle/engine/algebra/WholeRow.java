package dev.pgtrickle.engine.algebra;

import dev.pgtrickle.engine.postgres.Identifier;
import java.util.List;
import java.util.stream.Stream;

/**
 * Adds all columns of a row as one value, as {@code t} or {@code t.*} in an expression is.
 *
 * @param names what the row's fields are called, one for each column of the input
 * @param type the text of the composite type; empty for a row without one
 */
public record WholeRow(Operator input, List<Identifier> names, String type, Column row)
    implements Operator {

  @Override
  public List<Column> columns() {
    return Stream.concat(input.columns().stream(), Stream.of(row)).toList();
  }

  @Override
  public List<Operator> inputs() {
    return List.of(input);
  }

  @Override
  public Operator withInputs(List<Operator> inputs) {
    return new WholeRow(inputs.getFirst(), names, type, row);
  }

  @Override
  public String title() {
    return "a whole row as a value";
  }
}
