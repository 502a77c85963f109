package dev.pgtrickle.engine.algebra;

import dev.pgtrickle.engine.algebra.Block.Stage;
import dev.pgtrickle.engine.algebra.VisibleColumns.Shape;
import dev.pgtrickle.engine.postgres.Identifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Puts operators into SELECT blocks, and blocks into each other. */
final class BlockWriter {
  private final NameAllocator aliases;
  private final ClauseWriter clauses = new ClauseWriter(this);
  private final SourceWriter sources;
  private final Map<CommonTableId, NamedRows> commonTables;

  /**
   * @param commonTables those that stand around the query
   */
  BlockWriter(NameAllocator aliases, Map<CommonTableId, NamedRows> commonTables) {
    this.aliases = aliases;
    this.commonTables = new HashMap<>(commonTables);
    this.sources = new SourceWriter(this);
  }

  /** A whole query with these output names. */
  String print(Operator operator, VisibleColumns outer, List<Identifier> names) {
    return switch (operator) {
      case SetOperation operation -> setOperation(operation, outer, names);
      case With with -> with(with, outer, names);
      default -> print(block(operator, outer), operator, names);
    };
  }

  private String print(Block block, Operator operator, List<Identifier> names) {
    if (block.isWholeUnder(names)) {
      return block.wholeSql();
    }
    Block select = block.stage() == Stage.WHOLE ? wrap(block, operator) : block;
    List<String> items = new ArrayList<>();
    for (int index = 0; index < names.size(); index++) {
      ColumnId id = operator.columns().get(index).id();
      items.add(item(select.columns().get(id).sql(), names.get(index)));
    }
    return select.select(items);
  }

  private static String item(String sql, Identifier name) {
    return sql.endsWith("." + name.quoted()) ? sql : sql + " AS " + name.quoted();
  }

  Identifier alias(String wish) {
    return aliases.allocate(wish);
  }

  NamedRows commonTable(CommonTableId id) {
    NamedRows name = commonTables.get(id);
    if (name == null) {
      throw new IllegalStateException("common table " + id + " is not defined here");
    }
    return name;
  }

  /** The block of an operator, to which clauses after {@code latest} can still be added. */
  Block open(Operator operator, Stage latest, VisibleColumns outer) {
    Block block = block(operator, outer);
    return block.stage().compareTo(latest) <= 0 ? block : wrap(block, operator);
  }

  /** The block as a derived table of a new one. */
  Block wrap(Block block, Operator operator) {
    List<Identifier> names =
        block.stage() == Stage.WHOLE ? block.wholeNames() : OutputNames.of(operator.columns());
    return derived(print(block, operator, names), operator, names, alias("derived"));
  }

  /** A block that reads a query under an alias. */
  Block derived(String sql, Operator operator, List<Identifier> names, Identifier alias) {
    VisibleColumns columns = VisibleColumns.none();
    for (int index = 0; index < names.size(); index++) {
      columns.put(
          operator.columns().get(index).id(),
          alias.quoted() + "." + names.get(index).quoted(),
          Shape.NAME);
    }
    String lateral = FreeColumns.of(operator).isEmpty() ? "" : "LATERAL ";
    return new Block(
        columns, lateral + "(\n" + Indentation.indent(sql) + "\n) AS " + alias.quoted());
  }

  private Block block(Operator operator, VisibleColumns outer) {
    return switch (operator) {
      case Scan scan -> sources.scan(scan, outer);
      case ConstantRow _ -> new Block(VisibleColumns.none(), "");
      case Values values -> sources.values(values, outer);
      case FunctionScan function -> sources.function(function, outer);
      case CommonTableScan scan -> sources.commonTable(scan);
      case Filter filter -> clauses.filter(filter, outer);
      case TemporalFilter filter ->
          clauses.filter(new Filter(filter.input(), filter.predicate()), outer);
      case Project project -> clauses.project(project.input(), project.computed(), outer);
      case ProjectSet project -> clauses.project(project.input(), project.computed(), outer);
      case WholeRow row -> sources.wholeRow(row, outer);
      case Join join -> sources.join(join, outer);
      case SemiJoin join -> clauses.semiJoin(join, outer);
      case NullAwareAntiJoin join -> clauses.notIn(join, outer);
      case Aggregate aggregate ->
          derived(
              new Unparser().query(aggregate),
              aggregate,
              OutputNames.of(aggregate.columns()),
              alias("derived"));
      case GroupBy group -> clauses.groupBy(group, outer);
      case Window window -> clauses.window(window, outer);
      case Distinct distinct -> clauses.distinct(distinct, outer);
      case DistinctOn distinct -> clauses.distinctOn(distinct, outer);
      case TopRows rows -> clauses.topRows(rows, outer);
      case SetOperation _, With _ -> whole(operator, outer);
    };
  }

  /** A chain of operations from the left is written without parentheses, which is what it means. */
  private String setOperation(
      SetOperation operation, VisibleColumns outer, List<Identifier> names) {
    Deque<SetOperation> chain = new ArrayDeque<>();
    chain.push(operation);
    while (chain.peek().left() instanceof SetOperation left && bindsFirst(left, chain.peek())) {
      chain.push(left);
    }
    StringBuilder sql = new StringBuilder(side(chain.peek().left(), outer, names));
    for (SetOperation next : chain) {
      sql.append('\n').append(next.kind());
      sql.append(next.duplicates() == Duplicates.KEPT ? " ALL\n" : "\n");
      sql.append(side(next.right(), outer, names));
    }
    return sql.toString();
  }

  private static boolean bindsFirst(SetOperation left, SetOperation outer) {
    return outer.kind() != SetOperation.Kind.INTERSECT
        || left.kind() == SetOperation.Kind.INTERSECT;
  }

  private String side(Operator operator, VisibleColumns outer, List<Identifier> names) {
    String sql = print(operator, outer, names);
    return switch (operator) {
      case SetOperation _, With _, TopRows _, DistinctOn _ ->
          "(\n" + Indentation.indent(sql) + "\n)";
      default -> sql;
    };
  }

  private String with(With with, VisibleColumns outer, List<Identifier> names) {
    List<String> definitions = new ArrayList<>();
    for (With.CommonTable table : with.tables()) {
      List<Identifier> known =
          table.tail().isEmpty() ? OutputNames.unique(table.names()) : table.names();
      List<Identifier> own = known.subList(0, table.plan().columns().size());
      Identifier name = alias(table.name().name());
      commonTables.put(table.id(), new NamedRows(name, known));
      String columns =
          own.isEmpty()
              ? ""
              : own.stream().map(Identifier::quoted).collect(Collectors.joining(", ", "(", ")"));
      definitions.add(
          "%s%s AS %s(\n%s\n)%s"
              .formatted(
                  name.quoted(),
                  columns,
                  table.hint(),
                  Indentation.indent(print(table.plan(), outer, own)),
                  table.tail()));
    }
    boolean recursive =
        with.tables().stream().anyMatch(table -> table.recursion() == With.Recursion.RECURSIVE);
    return (recursive ? "WITH RECURSIVE " : "WITH ")
        + String.join(",\n", definitions)
        + "\n"
        + print(with.body(), outer, names);
  }

  /** A query that is no SELECT block. */
  private Block whole(Operator operator, VisibleColumns outer) {
    List<Identifier> names = OutputNames.of(operator.columns());
    return Block.whole(VisibleColumns.none(), print(operator, outer, names), names);
  }
}
