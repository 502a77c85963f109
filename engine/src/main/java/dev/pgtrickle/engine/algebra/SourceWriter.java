package dev.pgtrickle.engine.algebra;

import dev.pgtrickle.engine.algebra.Block.Stage;
import dev.pgtrickle.engine.algebra.VisibleColumns.Shape;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.relations.RelationFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes what stands in FROM. */
final class SourceWriter {
  private final BlockWriter blocks;

  SourceWriter(BlockWriter blocks) {
    this.blocks = blocks;
  }

  Block scan(Scan scan, VisibleColumns outer) {
    Identifier alias = blocks.alias(scan.known().name().name());
    String only = scan.reach() == Scan.Reach.ONLY ? "ONLY " : "";
    String sample =
        scan.sample().map(clause -> new ClauseWriter(blocks).text(clause, outer)).orElse("");
    return new Block(
        columns(scan.relation(), scan.scanned(), alias),
        only + scan.relation().name().quoted() + " AS " + alias.quoted() + sample);
  }

  private static VisibleColumns columns(
      RelationFacts relation, List<Scan.ScannedColumn> scanned, Identifier alias) {
    VisibleColumns columns = VisibleColumns.none();
    for (Scan.ScannedColumn column : scanned) {
      Identifier name =
          column.attributeNumber() < 0
              ? SystemColumn.ofNumber(column.attributeNumber()).column()
              : relation.column(column.attributeNumber()).orElseThrow().name();
      columns.put(column.column().id(), alias.quoted() + "." + name.quoted(), Shape.NAME);
    }
    return columns;
  }

  Block values(Values values, VisibleColumns outer) {
    ClauseWriter clauses = new ClauseWriter(blocks);
    String rows =
        values.rows().stream()
            .map(row ->
                row.stream()
                    .map(scalar -> clauses.text(scalar, outer))
                    .collect(Collectors.joining(", ", "(", ")")))
            .collect(Collectors.joining(", "));
    Identifier alias = blocks.alias("rows");
    List<Identifier> names = OutputNames.of(values.columns());
    String lateral = FreeColumns.of(values).isEmpty() ? "" : "LATERAL ";
    return new Block(
        named(values.columns(), names, alias),
        lateral + "(VALUES " + rows + ") AS " + aliased(alias, names));
  }

  Block function(FunctionScan scan, VisibleColumns outer) {
    Identifier alias = blocks.alias("function");
    List<Identifier> names = OutputNames.of(scan.columns());
    StringBuilder sql = new StringBuilder();
    sql.append(new ClauseWriter(blocks).text(scan.call(), outer));
    sql.append(scan.ordinality() == FunctionScan.Ordinality.NUMBERED ? " WITH ORDINALITY" : "");
    sql.append(" AS ");
    if (scan.definitions().isEmpty()) {
      sql.append(aliased(alias, names));
    } else {
      List<String> columns = new ArrayList<>();
      for (int index = 0; index < scan.definitions().size(); index++) {
        columns.add(names.get(index).quoted() + " " + scan.definitions().get(index));
      }
      sql.append(alias.quoted()).append('(').append(String.join(", ", columns)).append(')');
    }
    return new Block(named(scan.columns(), names, alias), sql.toString());
  }

  Block commonTable(CommonTableScan scan) {
    NamedRows table = blocks.commonTable(scan.table());
    Identifier alias = blocks.alias(table.name().name());
    return new Block(
        named(scan.columns(), table.columns(), alias),
        table.name().quoted() + " AS " + alias.quoted());
  }

  /** The row is made in a block of its own, where the alias means nothing else. */
  Block wholeRow(WholeRow row, VisibleColumns outer) {
    Identifier alias = blocks.alias("source");
    while (row.names().contains(alias)) {
      alias = blocks.alias("source");
    }
    String sql = blocks.print(row.input(), outer, row.names());
    Block block = blocks.derived(sql, row.input(), row.names(), alias);
    String cast = row.type().isEmpty() ? "" : "::" + row.type();
    block.columns().put(row.row().id(), alias.quoted() + cast, Shape.EXPRESSION);
    block.reached(Stage.SELECT);
    return block;
  }

  Block join(Join join, VisibleColumns outer) {
    Block left = side(join.left(), outer);
    VisibleColumns seen = ClauseWriter.seen(left, outer);
    Block right = side(join.right(), seen);
    VisibleColumns columns = VisibleColumns.none();
    columns.putAll(left.columns());
    columns.putAll(right.columns());
    VisibleColumns all = outer.inner();
    all.putAll(columns);
    String rightSql =
        join.right() instanceof Join && right.from().contains("JOIN")
            ? "(" + right.from() + ")"
            : right.from();
    String condition =
        join.condition()
            .map(scalar -> "\n  ON " + new ClauseWriter(blocks).text(scalar, all))
            .orElse(join.kind() == Join.Kind.INNER ? "" : "\n  ON true");
    String words =
        switch (join.kind()) {
          case INNER -> join.condition().isPresent() ? "JOIN" : "CROSS JOIN";
          case LEFT -> "LEFT JOIN";
          case RIGHT -> "RIGHT JOIN";
          case FULL -> "FULL JOIN";
        };
    return new Block(columns, left.from() + "\n" + words + " " + rightSql + condition);
  }

  /** Only plain columns of a table become NULL when the join extends them. */
  private Block side(Operator operator, VisibleColumns outer) {
    Block block = blocks.open(operator, Stage.FROM, outer);
    return block.columns().allNames() && !block.from().isEmpty()
        ? block
        : blocks.wrap(block, operator);
  }

  private static VisibleColumns named(
      List<Column> columns, List<Identifier> names, Identifier alias) {
    VisibleColumns visible = VisibleColumns.none();
    for (int index = 0; index < columns.size(); index++) {
      visible.put(
          columns.get(index).id(), alias.quoted() + "." + names.get(index).quoted(), Shape.NAME);
    }
    return visible;
  }

  private static String aliased(Identifier alias, List<Identifier> names) {
    return names.isEmpty()
        ? alias.quoted()
        : alias.quoted()
            + names.stream().map(Identifier::quoted).collect(Collectors.joining(", ", "(", ")"));
  }
}
