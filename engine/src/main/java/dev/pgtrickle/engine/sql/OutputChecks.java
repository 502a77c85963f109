package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.relations.ColumnFacts;
import java.util.List;
import java.util.Set;

/** Refuses output names that a storage table cannot have. */
final class OutputChecks {
  private static final Set<String> SYSTEM_COLUMNS =
      Set.of("ctid", "xmin", "cmin", "xmax", "cmax", "tableoid");

  private final Refusals refusals;

  OutputChecks(Refusals refusals) {
    this.refusals = refusals;
  }

  /**
   * @param rowTyped the columns whose type is the row type of a table
   */
  void check(List<ColumnFacts> columns, Set<String> rowTyped) {
    for (ColumnFacts column : columns) {
      String name = column.name().name();
      if (name.equals("?column?")) {
        throw refusals.unsupported(
            "output column " + column.attributeNumber() + " has no name", "name it with AS");
      }
      if (SYSTEM_COLUMNS.contains(name)) {
        throw refusals.unsupported(
            "output column " + name + " has the name of a system column",
            "give it another name with AS");
      }
      if (rowTyped.contains(name)) {
        throw refusals.unsupported(
            "output column "
                + name
                + " is a whole row of a table: storing it would forbid to alter"
                + " that table",
            "name the columns, or store to_jsonb(..) of the row");
      }
      if (name.startsWith("__")) {
        throw refusals.unsupported(
            "output column " + name + " begins with two underscores, as hidden columns do",
            "give it another name with AS");
      }
    }
  }
}
