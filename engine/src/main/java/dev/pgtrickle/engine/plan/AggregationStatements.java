package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.algebra.Aggregate;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.delta.ChangeReader;
import dev.pgtrickle.engine.delta.DeltaContext;
import dev.pgtrickle.engine.delta.DeltaNode;
import dev.pgtrickle.engine.delta.KeptGroups;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.source.ChangeWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The statements of a query that groups: the storage holds the state of each group. */
final class AggregationStatements implements MaintenanceStatements {
  private final MaintenancePlan plan;
  private final String comparison;
  private final AggregationLayout layout;
  private final StorageRows rows;
  private final GroupApply groups;
  private final MaintenanceRules rules;
  private final Optional<KeptGroupStatements> kept;

  AggregationStatements(
      MaintenancePlan plan,
      String comparison,
      Project root,
      Aggregate aggregate,
      QualifiedName storage,
      MaintenanceRules rules) {
    this.plan = plan;
    this.comparison = comparison;
    this.layout = new AggregationLayout(root, aggregate, rules.states());
    this.rows = StorageRows.of(plan, storage);
    this.rules = rules;
    this.kept = KeptGroupStatements.of(plan, root, storage, rules.states());
    this.groups =
        new GroupApply(
            layout,
            rows,
            plan.key(),
            kept.flatMap(lower -> lower.values(aggregate, rules.nextValue()))
                .orElseGet(() -> new ValuesReadAgain(aggregate)));
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
    StagedApply apply = new DifferenceApply(rows).apply(fresh(), plan.key());
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
    return switch (rules.deltas().differentiate(layout.aggregate(), context)) {
      case DeltaNode.GroupChanges delta -> {
        WithClause with = new WithClause().addAll(context.tables());
        groups.addTo(with, delta.table(), search);
        yield with;
      }
      case DeltaNode.Unchanged _ -> Loads.nothing(rows);
      case DeltaNode.SignedRows _ ->
          throw new IllegalStateException("no changes of groups: " + plan.canonicalQuery());
    };
  }

  /** The whole result as it is stored, and {@code __present}. */
  private String fresh() {
    return groups.fresh("true AS " + DifferenceApply.PRESENT.quoted() + ", ");
  }
}
