package dev.pgtrickle.engine.delta;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.GroupBy;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.property.NonNullColumns;
import dev.pgtrickle.engine.relations.Nullability;
import java.util.List;
import java.util.Set;

/**
 * Groups with aggregates of any kind: those with changes are computed anew, see {@link
 * Recomputation}.
 *
 * <pre>
 *   SELECT region, max(amount) GROUP BY region
 *   before: __weight | region | amount      after: __weight | region | max
 *                 -1 | r1     |     90                   +1 | r1     |  70
 *                                                        -1 | r1     |  90
 * </pre>
 */
public final class GroupDelta implements DeltaRule<GroupBy> {
  private final Recomputation recomputation;

  public GroupDelta(Recomputation recomputation) {
    this.recomputation = recomputation;
  }

  @Override
  public DeltaNode differentiate(GroupBy group, List<DeltaNode> inputs, DeltaContext context) {
    Set<ColumnId> notNull = NonNullColumns.of(group.input());
    List<GroupKey> keys =
        group.keys().stream().map(key -> new GroupKey(key.scalar(), of(key, notNull))).toList();
    return recomputation.differentiate("group", group, inputs, List.of(keys), context);
  }

  private static Nullability of(Project.ComputedColumn key, Set<ColumnId> notNull) {
    boolean never = key.scalar().asColumn().filter(notNull::contains).isPresent();
    return never ? Nullability.NOT_NULL : Nullability.NULLABLE;
  }

  /** All columns of rows as keys. */
  static List<GroupKey> everyColumn(Operator rows) {
    Set<ColumnId> notNull = NonNullColumns.of(rows);
    return rows.columns().stream()
        .map((Column column) ->
            new GroupKey(
                Scalar.of(column.id()),
                notNull.contains(column.id()) ? Nullability.NOT_NULL : Nullability.NULLABLE))
        .toList();
  }
}
