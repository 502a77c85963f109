package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.Indentation;
import dev.pgtrickle.engine.algebra.Unparser;
import dev.pgtrickle.engine.delta.ChangeReader;
import dev.pgtrickle.engine.delta.CommonTable;
import dev.pgtrickle.engine.delta.DeltaContext;
import dev.pgtrickle.engine.delta.DeltaNode;
import dev.pgtrickle.engine.delta.HiddenColumns;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.source.ChangeWindow;
import java.util.List;
import java.util.Map;

/** The statements of a query that does not group: its rows are stored as they are. */
final class ProjectionStatements implements MaintenanceStatements {
  private final MaintenancePlan plan;
  private final List<Column> visible;
  private final StorageRows rows;
  private final MaintenanceRules rules;

  ProjectionStatements(MaintenancePlan plan, QualifiedName storage, MaintenanceRules rules) {
    this.plan = plan;
    this.visible = plan.root().columns();
    this.rows = StorageRows.of(plan, storage);
    this.rules = rules;
  }

  @Override
  public String visibleQuery() {
    return plan.canonicalQuery();
  }

  @Override
  public List<String> createStorage() {
    return new StorageDdl(plan, rows.storage()).statements();
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
  public ApplyStatement smallDelta(List<ChangeWindow> windows) {
    WindowChanges changes = new WindowChanges(windows, rules.window());
    String with = delta(changes).prepared();
    return new ApplyStatement(with, changes.parameters());
  }

  @Override
  public StagedApply largeDelta(List<ChangeWindow> windows, Map<Long, String> snapshots) {
    StagedChanges changes = new StagedChanges(windows, snapshots, rows.storage(), rules.window());
    String with = delta(changes).prepared();
    return new StagedApply(changes.preparation(), new ApplyStatement(with, List.of()));
  }

  @Override
  public StagedApply fullDifference() {
    if (plan.key() instanceof StorageKey.Keyless) {
      return multisetDifference();
    }
    return new DifferenceApply(rows).apply(fresh(), plan.key());
  }

  @Override
  public Replacement replacement() {
    return Loads.insteadOf(rows, fresh(), new StorageDdl(plan, rows.storage()).index());
  }

  private WithClause delta(ChangeReader changes) {
    DeltaContext context = new DeltaContext(changes);
    DeltaNode delta = rules.deltas().differentiate(plan.root(), context);
    WithClause with = new WithClause().addAll(context.tables());
    String netted = rules.netting().net(delta.table().quoted(), visible);
    if (plan.key() instanceof StorageKey.NotNullKey key) {
      new KeyedApply(rows, key, rules.match()).addTo(with, netted);
    } else {
      with.add(
          CommonTable.materialized(
              "changes", "one row for each image that changed", numbered(netted)));
      keyless().addTo(with, "\"changes\"");
    }
    return with;
  }

  private StagedApply multisetDifference() {
    String weight = HiddenColumns.WEIGHT.quoted();
    String list =
        String.join(", ", visible.stream().map(column -> column.name().quoted()).toList());
    String both =
        """
        SELECT 1 AS %1$s, %2$s
        FROM (
        %3$s
        ) AS fresh
        UNION ALL
        SELECT -1, %2$s
        FROM %4$s AS stored\
        """
            .formatted(
                weight,
                list,
                Indentation.indent(new Unparser().query(plan.root())),
                rows.storage().quoted());
    String netted = rules.netting().net("(\n" + Indentation.indent(both) + "\n)", visible);
    TemporaryTable difference =
        new TemporaryTable(Identifier.of("difference_of_" + rows.storage().name()));
    WithClause with = new WithClause();
    keyless().addTo(with, difference.quoted());
    return new StagedApply(
        difference.filledWith(numbered(netted)), new ApplyStatement(with.prepared(), List.of()));
  }

  private KeylessApply keyless() {
    return new KeylessApply(rows, visible.stream().map(Column::name).toList(), rules.match());
  }

  /** Netted rows with a number for each and the hash by which copies are found. */
  private String numbered(String netted) {
    return """
    SELECT row_number() OVER () AS "__change", input.*, %s AS %s
    FROM (
    %s
    ) AS input\
    """
        .formatted(
            KeyHash.of("input", visible), KeyHash.COLUMN.quoted(), Indentation.indent(netted));
  }

  /** The whole result as it is stored, and {@code __present}. */
  private String fresh() {
    String hash =
        plan.key() instanceof StorageKey.Keyless
            ? KeyHash.of("input", visible) + " AS " + KeyHash.COLUMN.quoted() + ", "
            : "";
    return "SELECT "
        + hash
        + "true AS "
        + DifferenceApply.PRESENT.quoted()
        + ", input.*\nFROM (\n"
        + Indentation.indent(new Unparser().query(plan.root()))
        + "\n) AS input";
  }
}
