package dev.pgtrickle.engine.refresh;

import dev.pgtrickle.engine.capture.SourceState;
import dev.pgtrickle.engine.plan.RowBound;
import dev.pgtrickle.engine.postgres.BoundStatement;
import dev.pgtrickle.engine.source.ChangeColumns;
import dev.pgtrickle.engine.source.ChangeWindow;
import dev.pgtrickle.engine.source.WindowPredicate;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Fails where more was handed on than a statement that reads few changes would read. */
final class FewHandedOn {
  /** How often the condition of the window stands in the statement. */
  private static final int CONDITIONS = 3;

  private final WindowPredicate unread;

  FewHandedOn(WindowPredicate unread) {
    this.unread = unread;
  }

  /** To be run between what hands on and what reads. */
  BoundStatement statement(ChangeWindow window, SourceState state, RowBound bound) {
    String text =
        """
        SELECT pgtrickle.require_at_most(%1$d, (
          SELECT count(*)
          FROM (SELECT FROM (%2$s) AS change WHERE change.marker = %3$d AND %6$s
                UNION ALL
                SELECT FROM (%2$s) AS change WHERE change.marker = %4$d AND %6$s
                  AND EXISTS (SELECT FROM (%2$s) AS change WHERE change.marker = %5$d AND %6$s)
                LIMIT %7$d) AS counted))\
        """
            .formatted(
                bound.rows(),
                buffers(window),
                ChangeColumns.ROW,
                ChangeColumns.TAIL,
                ChangeColumns.TAIL_EXISTS,
                unread.newRows("?::xid8", "?::pg_snapshot"),
                bound.rows() + 1);
    return new BoundStatement(
        text,
        Collections.nCopies(CONDITIONS, List.of(state.oldestTransaction(), state.snapshot()))
            .stream()
            .flatMap(List::stream)
            .toList());
  }

  private static String buffers(ChangeWindow window) {
    return window.buffers().stream()
        .map(buffer -> "SELECT xid, marker FROM " + buffer.quoted())
        .collect(Collectors.joining(" UNION ALL "));
  }
}
