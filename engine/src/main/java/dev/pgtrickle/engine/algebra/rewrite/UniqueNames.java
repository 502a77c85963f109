package dev.pgtrickle.engine.algebra.rewrite;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.ColumnRewriter;
import dev.pgtrickle.engine.algebra.NameAllocator;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.postgres.Identifier;
import java.util.HashMap;
import java.util.Map;

/**
 * Gives every column of a plan a name of its own, so that each operator's rows can stand in a
 * common table whatever other columns come with them.
 *
 * <pre>
 * BEFORE  Join(Scan(a: id), Scan(b: id))
 * AFTER   Join(Scan(a: id), Scan(b: id_2))
 * </pre>
 */
public final class UniqueNames implements RewriteRule {

  @Override
  public Operator apply(Operator plan) {
    Map<ColumnId, Identifier> names = new HashMap<>();
    collect(plan, new NameAllocator(), names);
    return new ColumnRewriter(column ->
        new Column(
            column.id(),
            names.getOrDefault(column.id(), column.name()),
            column.type(),
            column.nullability()))
        .plan(plan);
  }

  private static void collect(
      Operator operator, NameAllocator allocator, Map<ColumnId, Identifier> names) {
    operator.inputs().forEach(input -> collect(input, allocator, names));
    for (Column column : operator.columns()) {
      names.computeIfAbsent(column.id(), _ -> allocator.allocate(column.name().name()));
    }
  }
}
