package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.algebra.Scan;
import dev.pgtrickle.engine.delta.HiddenColumns;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.relations.ColumnType;
import dev.pgtrickle.engine.source.ChangeColumns;
import dev.pgtrickle.engine.source.ChangeWindow;
import dev.pgtrickle.engine.source.WindowPredicate;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The SELECTs that read the new rows of a window, from all its buffers. */
final class WindowRows {
  private static final String UNION = "\nUNION ALL\n";

  /** How often the condition of a window stands in the SELECTs of one buffer. */
  private static final int BOUNDS_IN_HEAD = 1;

  private static final int BOUNDS_IN_TAIL = 2;

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

  /** The rows of a window that has few: those that the index leads to. */
  String few(ChangeWindow window, Scan scan) {
    return eachBuffer(window, buffer -> head(buffer, items(window, scan), condition()));
  }

  /** What the question marks of {@link #few} mean. */
  static List<WindowParameter> parametersOfFew(ChangeWindow window) {
    return bounds(window, window.buffers().size() * BOUNDS_IN_HEAD);
  }

  /** All rows of a window: also those that long statements keep out of the index. */
  String all(ChangeWindow window, Scan scan) {
    String items = items(window, scan);
    return eachBuffer(
        window,
        buffer -> head(buffer, items, condition()) + UNION + tail(buffer, items, condition()));
  }

  /** What the question marks of {@link #all} mean. */
  static List<WindowParameter> parametersOfAll(ChangeWindow window) {
    return bounds(window, window.buffers().size() * (BOUNDS_IN_HEAD + BOUNDS_IN_TAIL));
  }

  private String condition() {
    return predicate.newRows("?::xid8", "?::pg_snapshot");
  }

  private static List<WindowParameter> bounds(ChangeWindow window, int conditions) {
    return Collections.nCopies(
            conditions,
            List.of(
                new WindowParameter(window.relationOid(), WindowParameter.Bound.OLDEST_TRANSACTION),
                new WindowParameter(window.relationOid(), WindowParameter.Bound.SNAPSHOT)))
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  private static String eachBuffer(ChangeWindow window, Function<QualifiedName, String> select) {
    return window.buffers().stream().map(select).collect(Collectors.joining(UNION));
  }

  private static String head(QualifiedName buffer, String items, String condition) {
    return "SELECT %s\nFROM %s\nWHERE %s = %d AND %s"
        .formatted(
            items, buffer.quoted(), ChangeColumns.MARKER.quoted(), ChangeColumns.ROW, condition);
  }

  /** The buffer is only searched where a tail was announced. */
  private static String tail(QualifiedName buffer, String items, String condition) {
    return """
    SELECT %1$s
    FROM %2$s
    WHERE %3$s = %4$d AND %6$s
      AND EXISTS (SELECT FROM %2$s WHERE %3$s = %5$d AND %6$s)\
    """
        .formatted(
            items,
            buffer.quoted(),
            ChangeColumns.MARKER.quoted(),
            ChangeColumns.TAIL,
            ChangeColumns.TAIL_EXISTS,
            condition);
  }

  private static String items(ChangeWindow window, Scan scan) {
    return ChangeColumns.WEIGHT.quoted()
        + " AS "
        + HiddenColumns.WEIGHT.quoted()
        + scan.scanned().stream()
            .map(scanned ->
                ", "
                    + typed(buffered(window, scanned), scanned.column().type())
                    + " AS "
                    + scanned.column().name().quoted())
            .collect(Collectors.joining());
  }

  /** A domain is captured as its base type, since old rows need not satisfy its constraints. */
  private static String typed(Identifier column, ColumnType type) {
    return type.isDomain() ? column.quoted() + "::" + type.text() : column.quoted();
  }

  private static Identifier buffered(ChangeWindow window, Scan.ScannedColumn scanned) {
    Identifier column = window.columns().get(scanned.attributeNumber());
    if (column == null) {
      throw new IllegalArgumentException("column " + scanned.column().name() + " is not captured");
    }
    return column;
  }
}
