package dev.pgtrickle.engine.algebra;

import dev.pgtrickle.engine.algebra.Block.Stage;
import dev.pgtrickle.engine.algebra.VisibleColumns.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Adds clauses to blocks. */
final class ClauseWriter {
  private final BlockWriter blocks;

  ClauseWriter(BlockWriter blocks) {
    this.blocks = blocks;
  }

  Block filter(Filter filter, VisibleColumns outer) {
    Block block = blocks.open(filter.input(), Stage.GROUP, outer);
    String condition = text(filter.predicate(), seen(block, outer));
    if (block.stage() == Stage.GROUP) {
      block.having(condition);
    } else {
      block.where(condition);
    }
    return block;
  }

  Block project(Operator input, List<Project.ComputedColumn> computed, VisibleColumns outer) {
    Block block = blocks.open(input, Stage.WINDOW, outer);
    VisibleColumns seen = seen(block, outer);
    List<VisibleColumns.Text> texts = new ArrayList<>();
    for (Project.ComputedColumn column : computed) {
      texts.add(output(column.scalar(), seen));
    }
    for (int index = 0; index < computed.size(); index++) {
      VisibleColumns.Text text = texts.get(index);
      block.columns().put(computed.get(index).column().id(), text.sql(), text.shape());
    }
    block.reached(Stage.SELECT);
    return block;
  }

  Block semiJoin(SemiJoin join, VisibleColumns outer) {
    Block block = blocks.open(join.left(), Stage.WHERE, outer);
    VisibleColumns seen = seen(block, outer);
    Block right = blocks.open(join.right(), Stage.WHERE, seen);
    right.where(text(join.condition(), seen(right, seen)));
    String not = join.kind() == SemiJoin.Kind.ANTI ? "NOT " : "";
    block.where(not + "EXISTS (\n" + Indentation.indent(right.select(List.of())) + "\n)");
    return block;
  }

  Block notIn(NullAwareAntiJoin join, VisibleColumns outer) {
    Block block = blocks.open(join.left(), Stage.WHERE, outer);
    VisibleColumns seen = seen(block, outer);
    block.where("NOT (" + text(join.probe(), seen) + " IN (" + query(join.right(), seen) + "))");
    return block;
  }

  Block groupBy(GroupBy group, VisibleColumns outer) {
    Block block = blocks.open(group.input(), Stage.WHERE, outer);
    VisibleColumns seen = seen(block, outer);
    List<VisibleColumns.Text> keys = new ArrayList<>();
    for (Project.ComputedColumn key : group.keys()) {
      keys.add(output(key.scalar(), seen));
    }
    List<String> calls = new ArrayList<>();
    for (GroupBy.Call call : group.calls()) {
      calls.add(call(call.call(), seen));
    }
    for (int index = 0; index < keys.size(); index++) {
      block
          .columns()
          .put(
              group.keys().get(index).column().id(),
              keys.get(index).sql(),
              keys.get(index).shape());
    }
    for (int index = 0; index < calls.size(); index++) {
      block
          .columns()
          .put(group.calls().get(index).column().id(), calls.get(index), Shape.EXPRESSION);
    }
    block.groupBy(groupClause(group, keys));
    return block;
  }

  private static String groupClause(GroupBy group, List<VisibleColumns.Text> keys) {
    if (group.grouping().elements().isEmpty()) {
      return group.calls().isEmpty() ? "\nGROUP BY ()" : "";
    }
    String words =
        group.grouping().duplicates() == Duplicates.REMOVED
            ? "\nGROUP BY DISTINCT "
            : "\nGROUP BY ";
    return words + elements(group.grouping().elements(), keys);
  }

  private static String elements(List<GroupingElement> elements, List<VisibleColumns.Text> keys) {
    return elements.stream()
        .map(element -> element(element, keys))
        .collect(Collectors.joining(", "));
  }

  private static String element(GroupingElement element, List<VisibleColumns.Text> keys) {
    return switch (element) {
      case GroupingElement.Key key -> keys.get(key.index()).embedded();
      case GroupingElement.KeyList list ->
          list.indexes().stream()
              .map(index -> keys.get(index).embedded())
              .collect(Collectors.joining(", ", "(", ")"));
      case GroupingElement.Sets sets ->
          sets.kind().name().replace('_', ' ') + " (" + elements(sets.elements(), keys) + ")";
    };
  }

  Block window(Window window, VisibleColumns outer) {
    Block block = blocks.open(window.input(), Stage.HAVING, outer);
    VisibleColumns seen = seen(block, outer);
    List<String> calls = new ArrayList<>();
    for (Window.Call call : window.calls()) {
      calls.add(call(call.call(), seen) + " OVER (" + over(call, seen) + ")");
    }
    for (int index = 0; index < calls.size(); index++) {
      block
          .columns()
          .put(window.calls().get(index).column().id(), calls.get(index), Shape.EXPRESSION);
    }
    block.reached(Stage.WINDOW);
    return block;
  }

  private String over(Window.Call call, VisibleColumns seen) {
    List<String> clauses = new ArrayList<>();
    if (!call.partition().isEmpty()) {
      clauses.add("PARTITION BY " + list(call.partition(), seen));
    }
    if (!call.order().isEmpty()) {
      clauses.add("ORDER BY " + order(call.order(), seen));
    }
    call.frame().ifPresent(frame -> clauses.add(text(frame, seen)));
    return String.join(" ", clauses);
  }

  Block distinct(Distinct distinct, VisibleColumns outer) {
    Block block = blocks.open(distinct.input(), Stage.SELECT, outer);
    block.distinct("SELECT DISTINCT");
    return block;
  }

  Block distinctOn(DistinctOn distinct, VisibleColumns outer) {
    Block block = blocks.open(distinct.input(), Stage.SELECT, outer);
    VisibleColumns seen = seen(block, outer);
    block.distinct("SELECT DISTINCT ON (" + list(distinct.keys(), seen) + ")");
    block.tail(distinct.order().isEmpty() ? "" : "\nORDER BY " + order(distinct.order(), seen));
    return block;
  }

  Block topRows(TopRows rows, VisibleColumns outer) {
    Block block = blocks.open(rows.input(), Stage.DISTINCT, outer);
    VisibleColumns seen = seen(block, outer);
    StringBuilder tail = new StringBuilder();
    if (!rows.order().isEmpty()) {
      tail.append("\nORDER BY ").append(order(rows.order(), seen));
    }
    rows.offset().ifPresent(offset -> tail.append("\nOFFSET ").append(text(offset, outer)));
    rows.count()
        .ifPresent(count -> {
          switch (rows.ties()) {
            case CUT -> tail.append("\nLIMIT ").append(text(count, outer));
            case KEPT ->
                tail.append("\nFETCH FIRST (")
                    .append(text(count, outer))
                    .append(") ROWS WITH TIES");
          }
        });
    block.tail(tail.append(rows.lock()).toString());
    return block;
  }

  /** An aggregate or window function without its OVER. */
  private String call(SetCall call, VisibleColumns seen) {
    StringBuilder sql = new StringBuilder(call.function()).append('(');
    sql.append(call.duplicates() == Duplicates.REMOVED ? "DISTINCT " : "");
    sql.append(text(call.arguments(), seen));
    if (!call.order().isEmpty()) {
      sql.append(" ORDER BY ").append(order(call.order(), seen));
    }
    sql.append(')');
    if (!call.group().isEmpty()) {
      sql.append(" WITHIN GROUP (ORDER BY ").append(order(call.group(), seen)).append(')');
    }
    Optional<Scalar> filter = call.filter();
    filter.ifPresent(
        condition -> sql.append(" FILTER (WHERE ").append(text(condition, seen)).append(')'));
    return sql.toString();
  }

  private String order(List<SortKey> keys, VisibleColumns seen) {
    return keys.stream()
        .map(key -> output(key.scalar(), seen).embedded() + key.direction())
        .collect(Collectors.joining(", "));
  }

  private String list(List<Scalar> scalars, VisibleColumns seen) {
    return scalars.stream()
        .map(scalar -> output(scalar, seen).embedded())
        .collect(Collectors.joining(", "));
  }

  /** The text of an expression that stands alone. */
  VisibleColumns.Text output(Scalar scalar, VisibleColumns seen) {
    Optional<ColumnId> column = scalar.asColumn();
    return column
        .map(seen::get)
        .orElseGet(() -> new VisibleColumns.Text(text(scalar, seen), Shape.EXPRESSION));
  }

  String text(Scalar scalar, VisibleColumns seen) {
    return scalar.render(id -> seen.get(id).embedded(), plan -> query(plan, seen));
  }

  private String query(Operator plan, VisibleColumns seen) {
    String sql = blocks.print(plan, seen, OutputNames.of(plan.columns()));
    return "\n" + Indentation.indent(sql) + "\n";
  }

  /** What expressions of a block can refer to. */
  static VisibleColumns seen(Block block, VisibleColumns outer) {
    VisibleColumns seen = outer.inner();
    seen.putAll(block.columns());
    return seen;
  }
}
