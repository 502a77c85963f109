package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Project;
import java.util.List;
import java.util.stream.Stream;

/** The highest number of a column in a plan: new ones get the numbers above. */
final class LastColumn {

  private LastColumn() {}

  static int of(Operator plan, List<Project.ComputedColumn> above) {
    int own =
        Stream.concat(plan.columns().stream(), above.stream().map(Project.ComputedColumn::column))
            .mapToInt(column -> column.id().number())
            .max()
            .orElse(0);
    return Math.max(
        own, plan.inputs().stream().mapToInt(input -> of(input, List.of())).max().orElse(0));
  }
}
