package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.algebra.Scan;
import dev.pgtrickle.engine.delta.HiddenColumns;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.relations.ColumnType;
import dev.pgtrickle.engine.source.ChangeColumns;
import dev.pgtrickle.engine.source.ChangeWindow;
import dev.pgtrickle.engine.source.WindowPredicate;
import java.util.List;
import java.util.stream.Collectors;

/** The SELECT that reads the new rows of a window, from all its buffers. */
final class WindowRows {
  private final WindowPredicate predicate;

  WindowRows(WindowPredicate predicate) {
    this.predicate = predicate;
  }

  static ChangeWindow of(List<ChangeWindow> windows, Scan scan) {
    return windows.stream()
        .filter(window -> window.relationOid() == scan.relation().oid())
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no window for " + scan.relation().name()));
  }

  String select(ChangeWindow window, Scan scan, String oldest, String snapshot) {
    String items =
        ChangeColumns.WEIGHT.quoted()
            + " AS "
            + HiddenColumns.WEIGHT.quoted()
            + scan.scanned().stream()
                .map(scanned ->
                    ", "
                        + typed(buffered(window, scanned), scanned.column().type())
                        + " AS "
                        + scanned.column().name().quoted())
                .collect(Collectors.joining());
    String condition =
        ChangeColumns.MARKER.quoted()
            + " = "
            + ChangeColumns.ROW
            + " AND "
            + predicate.newRows(oldest, snapshot);
    return window.buffers().stream()
        .map(buffer -> "SELECT " + items + "\nFROM " + buffer.quoted() + "\nWHERE " + condition)
        .collect(Collectors.joining("\nUNION ALL\n"));
  }

  /** A domain is captured as its base type, since old rows need not satisfy its constraints. */
  private static String typed(Identifier column, ColumnType type) {
    boolean domain = type.facts().oid() != type.facts().baseOid();
    return domain ? column.quoted() + "::" + type.text() : column.quoted();
  }

  private static Identifier buffered(ChangeWindow window, Scan.ScannedColumn scanned) {
    Identifier column = window.columns().get(scanned.attributeNumber());
    if (column == null) {
      throw new IllegalArgumentException("column " + scanned.column().name() + " is not captured");
    }
    return column;
  }
}
