package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.algebra.Indentation;
import dev.pgtrickle.engine.delta.CommonTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The WITH clause of a statement, written for human eyes. */
final class WithClause {
  private final List<CommonTable> tables = new ArrayList<>();

  WithClause add(CommonTable table) {
    tables.add(table);
    return this;
  }

  WithClause addAll(List<CommonTable> more) {
    tables.addAll(more);
    return this;
  }

  List<CommonTable> tables() {
    return List.copyOf(tables);
  }

  /**
   * The clause, for a prepared statement: the driver reads {@code ??} as the operator {@code ?}.
   */
  String prepared() {
    return tables.stream().map(WithClause::write).collect(Collectors.joining(",\n", "WITH\n", ""));
  }

  /** These tables after those of a clause. */
  String after(String clause) {
    return clause
        + tables.stream().map(table -> ",\n" + write(table)).collect(Collectors.joining());
  }

  private static String write(CommonTable table) {
    String storing =
        table.storing() == CommonTable.Storing.MATERIALIZED ? " AS MATERIALIZED (\n" : " AS (\n";
    String body =
        table.parameters() == CommonTable.Parameters.PRESENT
            ? table.body()
            : DriverText.operatorsDoubled(table.body());
    return "-- "
        + onOneLine(table.comment())
        + "\n"
        + table.name().quoted()
        + storing
        + Indentation.indent(body)
        + "\n)";
  }

  /** A table's name may hold a line break, which would end the comment. */
  private static String onOneLine(String comment) {
    return comment.replaceAll("[\\p{Cntrl}\\u2028\\u2029\\u0085]", " ");
  }
}
