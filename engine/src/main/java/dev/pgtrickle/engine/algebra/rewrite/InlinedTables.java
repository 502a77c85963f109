package dev.pgtrickle.engine.algebra.rewrite;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.ColumnIds;
import dev.pgtrickle.engine.algebra.CommonTableId;
import dev.pgtrickle.engine.algebra.CommonTableScan;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.With;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts a copy of a common table's query wherever the table is read: a delta restricts each copy to
 * the rows that its own reader needs, which a table that is computed once could not be.
 *
 * <pre>
 * BEFORE  With(c: Scan(t), Join(c, c))
 * AFTER   Join(Scan(t), Scan(t))
 * </pre>
 *
 * <p>Recursive tables stay, and all those beside them; so do all where an expression has a query,
 * which may read them.
 */
public final class InlinedTables implements RewriteRule {

  @Override
  public Operator apply(Operator plan) {
    return hasQueries(plan) ? plan : new Run(new FreshColumns(ColumnIds.after(plan))).inline(plan);
  }

  private static boolean hasQueries(Operator operator) {
    return operator.scalars().stream().anyMatch(Scalar::hasQuery)
        || operator.inputs().stream().anyMatch(InlinedTables::hasQueries);
  }

  /** The tables of one plan. */
  private static final class Run {
    private final FreshColumns copies;
    private final Map<CommonTableId, Operator> tables = new HashMap<>();

    Run(FreshColumns copies) {
      this.copies = copies;
    }

    Operator inline(Operator operator) {
      return switch (operator) {
        case With with when with.tables().stream().allMatch(Run::isPlain) -> {
          for (With.CommonTable table : with.tables()) {
            tables.put(table.id(), inline(table.plan()));
          }
          yield inline(with.body());
        }
        case CommonTableScan scan -> {
          Operator plan = tables.get(scan.table());
          yield plan == null || plan.columns().size() != scan.columns().size()
              ? scan
              : copies.copy(plan, scan.columns());
        }
        default -> operator.withInputs(operator.inputs().stream().map(this::inline).toList());
      };
    }

    /** A query that puts out a column twice cannot give each of its outputs an id of its own. */
    private static boolean isPlain(With.CommonTable table) {
      List<ColumnId> ids = table.plan().columns().stream().map(Column::id).toList();
      return table.recursion() == With.Recursion.NONE
          && table.tail().isEmpty()
          && ids.stream().distinct().count() == ids.size();
    }
  }
}
