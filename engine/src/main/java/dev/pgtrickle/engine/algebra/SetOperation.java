package dev.pgtrickle.engine.algebra;

import java.util.List;

/** UNION, INTERSECT or EXCEPT of two inputs with as many columns. */
public record SetOperation(
    Kind kind, Duplicates duplicates, Operator left, Operator right, List<Column> columns)
    implements Operator {

  /** The operations. */
  public enum Kind {
    UNION,
    INTERSECT,
    EXCEPT
  }

  @Override
  public List<Operator> inputs() {
    return List.of(left, right);
  }

  @Override
  public Operator withInputs(List<Operator> inputs) {
    return new SetOperation(kind, duplicates, inputs.getFirst(), inputs.getLast(), columns);
  }

  @Override
  public String title() {
    return kind + (duplicates == Duplicates.KEPT ? " ALL" : "");
  }
}
