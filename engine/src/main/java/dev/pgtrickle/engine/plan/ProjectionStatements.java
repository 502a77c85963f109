package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.Indentation;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.Unparser;
import dev.pgtrickle.engine.delta.ChangeReader;
import dev.pgtrickle.engine.delta.CommonTable;
import dev.pgtrickle.engine.delta.DeltaContext;
import dev.pgtrickle.engine.delta.DeltaNode;
import dev.pgtrickle.engine.delta.KeptGroups;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.source.ChangeWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The statements of a query that does not group at its top: its rows are stored as they are. */
final class ProjectionStatements implements MaintenanceStatements {
  private final MaintenancePlan plan;
  private final String comparison;
  private final Project root;
  private final List<Column> visible;
  private final StorageRows rows;
  private final MaintenanceRules rules;
  private final MultisetDifference difference;
  private final Optional<KeptGroupStatements> kept;

  ProjectionStatements(
      MaintenancePlan plan,
      String comparison,
      Project root,
      QualifiedName storage,
      MaintenanceRules rules) {
    this.plan = plan;
    this.comparison = comparison;
    this.root = root;
    this.visible = root.columns();
    this.rows = StorageRows.of(plan, storage);
    this.rules = rules;
    this.difference = new MultisetDifference(rows, visible, rules);
    this.kept = KeptGroupStatements.of(plan, root, storage, rules.states());
  }

  @Override
  public String visibleQuery() {
    return comparison;
  }

  @Override
  public String visibleQuery(String asOf) {
    return comparison;
  }

  @Override
  public List<String> createStorage() {
    List<String> statements = new ArrayList<>(new StorageDdl(plan, rows.storage()).statements());
    statements.addAll(createKept());
    return List.copyOf(statements);
  }

  @Override
  public List<String> createKept() {
    return kept.map(KeptGroupStatements::create).orElse(List.of());
  }

  @Override
  public String keyIndexIfMissing() {
    return new StorageDdl(plan, rows.storage()).indexIfMissing();
  }

  @Override
  public ApplyStatement initialLoad() {
    return Loads.into(rows, fresh(), kept.map(KeptGroupStatements::filled).stream().toList());
  }

  @Override
  public List<String> analyse() {
    List<String> statements = new ArrayList<>(List.of(rows.analyse()));
    kept.ifPresent(groups -> statements.add(groups.analyse()));
    return List.copyOf(statements);
  }

  @Override
  public ApplyStatement smallDelta(List<ChangeWindow> windows, Set<Long> changed, RowBound bound) {
    WindowChanges changes = new WindowChanges(windows, changed, bound, rules.window());
    String with = delta(changes, RowSearch.KEY_BY_KEY).prepared();
    return new ApplyStatement(with, changes.parameters());
  }

  @Override
  public StagedApply largeDelta(List<ChangeWindow> windows, Set<Long> changed) {
    StagedChanges changes = new StagedChanges(windows, changed, rows.storage(), rules.window());
    String with = delta(changes, RowSearch.AS_PLANNED).prepared();
    return new StagedApply(changes.preparation(), new ApplyStatement(with, List.of()));
  }

  @Override
  public StagedApply fullDifference() {
    StagedApply apply =
        plan.key() instanceof StorageKey.Keyless
            ? difference.apply(new Unparser().query(root))
            : new DifferenceApply(rows).apply(fresh(), plan.key());
    return kept.map(groups -> apply.with(groups.staging(), groups.parts())).orElse(apply);
  }

  @Override
  public Replacement replacement() {
    Replacement replacement =
        Loads.insteadOf(rows, fresh(), new StorageDdl(plan, rows.storage()).index());
    return kept.map(groups -> replacement.with(groups.staging(), groups.parts()))
        .orElse(replacement);
  }

  private WithClause delta(ChangeReader changes, RowSearch search) {
    DeltaContext context =
        new DeltaContext(
            changes,
            rules.netting(),
            kept.map(groups -> groups.by(search)).orElse(KeptGroups.NONE));
    return switch (rules.deltas().differentiate(root, context)) {
      case DeltaNode.SignedRows delta -> applied(context, delta, search);
      case DeltaNode.Unchanged _ -> Loads.nothing(rows);
      case DeltaNode.GroupChanges _ ->
          throw new IllegalStateException("no changed rows: " + plan.canonicalQuery());
    };
  }

  private WithClause applied(DeltaContext context, DeltaNode.SignedRows delta, RowSearch search) {
    WithClause with = new WithClause().addAll(context.tables());
    String netted = rules.netting().net(delta.table().quoted(), visible);
    if (plan.key() instanceof StorageKey.NotNullKey key) {
      new KeyedApply(rows, key, rules.match(), search).addTo(with, netted);
    } else {
      with.add(
          CommonTable.materialized(
              "changes", "one row for each image that changed", difference.numbered(netted)));
      difference.keyless().addTo(with, "\"changes\"");
    }
    return with;
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
        + Indentation.indent(new Unparser().query(root))
        + "\n) AS input";
  }
}
