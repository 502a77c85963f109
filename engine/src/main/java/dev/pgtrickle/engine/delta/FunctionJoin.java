package dev.pgtrickle.engine.delta;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.CommonTableId;
import dev.pgtrickle.engine.algebra.CommonTableScan;
import dev.pgtrickle.engine.algebra.FreeColumns;
import dev.pgtrickle.engine.algebra.Join;
import dev.pgtrickle.engine.algebra.NamedRows;
import dev.pgtrickle.engine.algebra.QueryUnparser;
import dev.pgtrickle.engine.delta.DeltaNode.SignedRows;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.relations.ColumnType;
import dev.pgtrickle.engine.relations.Nullability;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A function in FROM over columns of what stands before it is linear, as one in the SELECT list is:
 * each changed row gives its rows, with its weight.
 *
 * <pre>
 *   sale CROSS JOIN unnest(sale.tags) AS tag
 *   before: __weight | id | tags        after: __weight | id | tags  | tag
 *                 -1 |  7 | {a,b}                    -1 |  7 | {a,b} | a
 *                                                    -1 |  7 | {a,b} | b
 * </pre>
 */
final class FunctionJoin {
  private static final ColumnId WEIGHT = new ColumnId(-1);

  /** Whether the right side is computed from each row of the left one, and from nothing else. */
  static boolean isOne(Join join) {
    return !FreeColumns.of(join.right()).isEmpty();
  }

  SignedRows differentiate(Join join, SignedRows left, DeltaContext context) {
    List<Column> columns = new ArrayList<>();
    columns.add(
        new Column(WEIGHT, HiddenColumns.WEIGHT, ColumnType.undetermined(), Nullability.NOT_NULL));
    columns.addAll(left.columns());
    CommonTableId id = new CommonTableId(0);
    NamedRows rows = new NamedRows(left.table(), columns.stream().map(Column::name).toList());
    Join over =
        new Join(
            join.kind(),
            new CommonTableScan(id, List.copyOf(columns)),
            join.right(),
            join.condition());
    Identifier table =
        context.define(
            "function",
            "the rows that each changed row gives",
            new QueryUnparser(Map.of(id, rows)).query(over));
    return new SignedRows(table, join.columns());
  }
}
