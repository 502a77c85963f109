package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.Indentation;
import dev.pgtrickle.engine.algebra.Scan;
import dev.pgtrickle.engine.delta.ChangeReader;
import dev.pgtrickle.engine.delta.CommonTable;
import dev.pgtrickle.engine.delta.HiddenColumns;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.source.ChangeWindow;
import dev.pgtrickle.engine.source.WindowPredicate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Many changes: first copied into a temporary table that is analysed, so that PostgreSQL plans for
 * their real number. The statement that copies them is planned for the bounds that are bound.
 */
final class StagedChanges implements ChangeReader {
  private final List<ChangeWindow> windows;
  private final Set<Long> changed;
  private final QualifiedName storage;
  private final WindowRows rows;
  private final Map<Identifier, Stage> stages = new LinkedHashMap<>();

  /** The rows of one scan. */
  private record Stage(
      TemporaryTable table, String columns, String rows, List<WindowParameter> parameters) {

    /**
     * OFFSET 0 keeps the condition away from rows that are not in the window: one that was read
     * long ago may be what it fails on.
     */
    Stage narrowed(String condition) {
      return new Stage(
          table,
          columns,
          "SELECT "
              + columns
              + "\nFROM (\n"
              + Indentation.indent(rows + "\nOFFSET 0")
              + "\n) AS input\nWHERE "
              + DriverText.operatorsDoubled(condition),
          parameters);
    }
  }

  StagedChanges(
      List<ChangeWindow> windows,
      Set<Long> changed,
      QualifiedName storage,
      WindowPredicate predicate) {
    this.windows = windows;
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
    TemporaryTable table =
        new TemporaryTable(
            Identifier.of(
                "changes_%d%s_of_%s"
                    .formatted(
                        window.sourceId(),
                        stages.isEmpty() ? "" : "_" + stages.size(),
                        storage.name())));
    String columns =
        Stream.concat(Stream.of(HiddenColumns.WEIGHT), scan.columns().stream().map(Column::name))
            .map(Identifier::quoted)
            .collect(Collectors.joining(", "));
    stages.put(
        Identifier.of(name),
        new Stage(table, columns, rows.all(window, scan), WindowRows.parametersOfAll(window)));
    return CommonTable.inline(
        name,
        "rows of " + scan.known() + " that changed since the stored frontier",
        "SELECT " + columns + "\nFROM " + table.quoted());
  }

  @Override
  public Narrowing narrow(Identifier changes, String condition) {
    Stage narrowed = stages.computeIfPresent(changes, (_, stage) -> stage.narrowed(condition));
    return narrowed == null ? Narrowing.DECLINED : Narrowing.DONE;
  }

  /** The statements that fill the temporary tables. */
  List<StagingStatement> preparation() {
    return stages.values().stream()
        .flatMap(stage -> stage.table().filledWith(stage.rows(), stage.parameters()).stream())
        .toList();
  }
}
