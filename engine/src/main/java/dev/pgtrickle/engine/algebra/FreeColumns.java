package dev.pgtrickle.engine.algebra;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/** The columns that a plan uses but does not produce: those of the queries around it. */
public final class FreeColumns {

  private FreeColumns() {}

  public static Set<ColumnId> of(Operator plan) {
    Set<ColumnId> used = new LinkedHashSet<>();
    Set<ColumnId> produced = new HashSet<>();
    collect(plan, used, produced);
    used.removeAll(produced);
    return used;
  }

  private static void collect(Operator operator, Set<ColumnId> used, Set<ColumnId> produced) {
    OwnColumns.of(operator).forEach(column -> produced.add(column.id()));
    operator.scalars().forEach(scalar -> used.addAll(scalar.references()));
    operator.inputs().forEach(input -> collect(input, used, produced));
  }
}
