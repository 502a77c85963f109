package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.algebra.Scan;
import dev.pgtrickle.engine.delta.ChangeReader;
import dev.pgtrickle.engine.delta.CommonTable;
import dev.pgtrickle.engine.delta.HiddenColumns;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.postgres.SqlText;
import dev.pgtrickle.engine.source.ChangeWindow;
import dev.pgtrickle.engine.source.WindowPredicate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Many changes: first copied into a temporary table that is analysed, so that PostgreSQL plans for
 * their real number; the bounds as literals, for the same reason.
 */
final class StagedChanges implements ChangeReader {
  private final List<ChangeWindow> windows;
  private final Map<Long, String> snapshots;
  private final Set<Long> changed;
  private final QualifiedName storage;
  private final WindowRows rows;
  private final List<String> preparation = new ArrayList<>();

  StagedChanges(
      List<ChangeWindow> windows,
      Map<Long, String> snapshots,
      Set<Long> changed,
      QualifiedName storage,
      WindowPredicate predicate) {
    this.windows = windows;
    this.snapshots = snapshots;
    this.changed = changed;
    this.storage = storage;
    this.rows = new WindowRows(predicate);
  }

  @Override
  public Activity activity(Scan scan) {
    return changed.contains(scan.relation().oid()) ? Activity.CHANGED : Activity.UNCHANGED;
  }

  @Override
  public CommonTable signedRows(String name, Scan scan) {
    ChangeWindow window = WindowRows.of(windows, scan);
    String snapshot = snapshots.get(window.relationOid());
    if (snapshot == null) {
      throw new IllegalArgumentException("no frontier for " + scan.relation().name());
    }
    String literal = SqlText.literal(snapshot) + "::pg_snapshot";
    TemporaryTable table =
        new TemporaryTable(
            Identifier.of(
                "changes_%d%s_of_%s"
                    .formatted(
                        window.sourceId(),
                        preparation.isEmpty() ? "" : "_" + preparation.size(),
                        storage.name())));
    preparation.addAll(
        table.filledWith(rows.all(window, scan, "pg_snapshot_xmin(" + literal + ")", literal)));
    String columns =
        scan.columns().stream()
            .map(column -> ", " + column.name().quoted())
            .collect(Collectors.joining());
    return CommonTable.inline(
        name,
        "rows of " + scan.relation().name() + " that changed since the stored frontier",
        "SELECT " + HiddenColumns.WEIGHT.quoted() + columns + "\nFROM " + table.quoted());
  }

  /** The statements that fill the temporary tables. */
  List<String> preparation() {
    return List.copyOf(preparation);
  }
}
