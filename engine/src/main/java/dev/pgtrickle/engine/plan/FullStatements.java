package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.Indentation;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.relations.ColumnFacts;
import dev.pgtrickle.engine.relations.Nullability;
import dev.pgtrickle.engine.source.ChangeWindow;
import dev.pgtrickle.engine.sql.FullQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The statements of a query that is computed again: its rows are stored as they are, and compared
 * by image. There are no deltas.
 */
final class FullStatements implements MaintenanceStatements {
  private final MaintenancePlan plan;
  private final FullQuery query;
  private final List<Column> visible;
  private final StorageRows rows;
  private final MultisetDifference difference;

  FullStatements(
      MaintenancePlan plan, Upkeep.Full full, QualifiedName storage, MaintenanceRules rules) {
    this.plan = plan;
    this.query = full.query();
    this.visible = visible(full.outputs());
    this.rows = StorageRows.of(plan, storage);
    this.difference = new MultisetDifference(rows, visible, rules);
  }

  private static List<Column> visible(List<ColumnFacts> outputs) {
    List<Column> columns = new ArrayList<>();
    for (ColumnFacts output : outputs) {
      columns.add(
          new Column(
              new ColumnId(output.attributeNumber()),
              output.name(),
              output.type(),
              Nullability.NULLABLE));
    }
    return List.copyOf(columns);
  }

  @Override
  public String visibleQuery() {
    return query.now();
  }

  @Override
  public String visibleQuery(String asOf) {
    return query.asOf(asOf);
  }

  @Override
  public List<String> createStorage() {
    return new StorageDdl(plan, rows.storage()).statements();
  }

  @Override
  public List<String> createKept() {
    return List.of();
  }

  @Override
  public String keyIndexIfMissing() {
    return new StorageDdl(plan, rows.storage()).indexIfMissing();
  }

  @Override
  public ApplyStatement initialLoad() {
    return Loads.into(rows, fresh());
  }

  @Override
  public List<String> analyse() {
    return List.of(rows.analyse());
  }

  @Override
  public ApplyStatement smallDelta(List<ChangeWindow> windows, Set<Long> changed, RowBound bound) {
    throw noDelta();
  }

  @Override
  public StagedApply largeDelta(List<ChangeWindow> windows, Set<Long> changed) {
    throw noDelta();
  }

  private IllegalStateException noDelta() {
    return new IllegalStateException("there is no delta of " + rows.storage());
  }

  @Override
  public StagedApply fullDifference() {
    return difference.apply(query.now());
  }

  @Override
  public Replacement replacement() {
    return Loads.insteadOf(rows, fresh(), new StorageDdl(plan, rows.storage()).index());
  }

  /** The whole result as it is stored. */
  private String fresh() {
    return "SELECT input.*, "
        + KeyHash.of("input", visible)
        + " AS "
        + KeyHash.COLUMN.quoted()
        + "\nFROM (\n"
        + Indentation.indent(query.now())
        + "\n) AS input";
  }
}
