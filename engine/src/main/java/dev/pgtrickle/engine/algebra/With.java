package dev.pgtrickle.engine.algebra;

import dev.pgtrickle.engine.postgres.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Defines common tables for the body, and for those that come after them. */
public record With(List<CommonTable> tables, Operator body) implements Operator {

  /**
   * A table that is computed once for all who read it.
   *
   * @param names of its columns; those of SEARCH and CYCLE come after the plan's
   * @param hint MATERIALIZED or NOT MATERIALIZED; else empty
   * @param tail the SEARCH and CYCLE clauses, with the blank before them
   */
  public record CommonTable(
      CommonTableId id,
      Identifier name,
      List<Identifier> names,
      Recursion recursion,
      String hint,
      Operator plan,
      String tail) {}

  /** Whether a common table reads itself. */
  public enum Recursion {
    NONE,
    RECURSIVE
  }

  @Override
  public List<Column> columns() {
    return body.columns();
  }

  /** The plans of the tables, then the body. */
  @Override
  public List<Operator> inputs() {
    return Stream.concat(tables.stream().map(CommonTable::plan), Stream.of(body)).toList();
  }

  @Override
  public Operator withInputs(List<Operator> inputs) {
    List<CommonTable> changed = new ArrayList<>();
    for (int index = 0; index < tables.size(); index++) {
      CommonTable table = tables.get(index);
      changed.add(
          new CommonTable(
              table.id(),
              table.name(),
              table.names(),
              table.recursion(),
              table.hint(),
              inputs.get(index),
              table.tail()));
    }
    return new With(List.copyOf(changed), inputs.getLast());
  }

  @Override
  public String title() {
    return tables.stream().anyMatch(table -> table.recursion() == Recursion.RECURSIVE)
        ? "WITH RECURSIVE"
        : "WITH";
  }
}
