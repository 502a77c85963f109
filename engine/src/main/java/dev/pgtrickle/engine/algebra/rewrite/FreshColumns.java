package dev.pgtrickle.engine.algebra.rewrite;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.ColumnIds;
import dev.pgtrickle.engine.algebra.ColumnRewriter;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.PlanRewriter;
import dev.pgtrickle.engine.algebra.Scalar;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Copies a plan, so that it can stand twice in another one: no two columns share an id. */
final class FreshColumns {
  private final ColumnIds ids;

  FreshColumns(ColumnIds ids) {
    this.ids = ids;
  }

  /**
   * A copy whose columns have ids of their own.
   *
   * @param outputs the columns that those of the plan become, as many as it has
   */
  Operator copy(Operator plan, List<Column> outputs) {
    Map<ColumnId, ColumnId> fresh = new HashMap<>();
    for (int index = 0; index < outputs.size(); index++) {
      fresh.put(plan.columns().get(index).id(), outputs.get(index).id());
    }
    collect(plan, fresh);
    Operator renamed =
        new ColumnRewriter(column ->
            new Column(
                fresh.getOrDefault(column.id(), column.id()),
                column.name(),
                column.type(),
                column.nullability()))
            .plan(plan);
    return new PlanRewriter(scalar -> scalar.asColumn().map(fresh::get).map(Scalar::of))
        .plan(renamed);
  }

  private void collect(Operator operator, Map<ColumnId, ColumnId> fresh) {
    operator.columns().forEach(column -> fresh.computeIfAbsent(column.id(), _ -> ids.next()));
    operator.inputs().forEach(input -> collect(input, fresh));
  }
}
