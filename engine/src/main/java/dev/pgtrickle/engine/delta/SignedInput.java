package dev.pgtrickle.engine.delta;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.Unparser;
import dev.pgtrickle.engine.postgres.Identifier;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The signed rows that a rule reads, as the FROM item {@code input}. */
final class SignedInput {
  private final DeltaNode.SignedRows rows;

  private SignedInput(DeltaNode.SignedRows rows) {
    this.rows = rows;
  }

  static SignedInput only(List<DeltaNode> inputs) {
    if (inputs.size() == 1 && inputs.getFirst() instanceof DeltaNode.SignedRows rows) {
      return new SignedInput(rows);
    }
    throw new IllegalArgumentException("one input of signed rows is expected: " + inputs);
  }

  String from() {
    return "\nFROM " + rows.table().quoted() + " AS input";
  }

  /** The common table. */
  Identifier name() {
    return rows.table();
  }

  /** The common table, as the text of a FROM item. */
  String table() {
    return rows.table().quoted();
  }

  static String weight() {
    return Unparser.inputColumn(HiddenColumns.WEIGHT);
  }

  /** How an expression names a column. */
  Function<ColumnId, String> naming() {
    return id ->
        rows.columns().stream()
            .filter(column -> column.id().equals(id))
            .map(column -> Unparser.inputColumn(column.name()))
            .findFirst()
            .orElseThrow();
  }

  /** The weight and these columns, as a SELECT list. */
  static String passed(List<Column> columns) {
    return weight()
        + columns.stream()
            .map(column -> ", " + Unparser.inputColumn(column.name()))
            .collect(Collectors.joining());
  }
}
