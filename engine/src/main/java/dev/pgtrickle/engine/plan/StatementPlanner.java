package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.algebra.Aggregate;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.source.WindowPredicate;
import java.util.List;

/** Renders the statements of a plan for one storage table. */
public final class StatementPlanner {
  private final MaintenanceRules rules;

  public StatementPlanner(WindowPredicate window) {
    this(MaintenanceRules.standard(window));
  }

  StatementPlanner(MaintenanceRules rules) {
    this.rules = rules;
  }

  /** The statements; each is checked when it is rendered. */
  public MaintenanceStatements statements(MaintenancePlan plan, QualifiedName storage) {
    MaintenanceStatements statements =
        switch (plan.upkeep()) {
          case Upkeep.Differential(Project root, String comparison) ->
              root.input() instanceof Aggregate aggregate
                  ? new AggregationStatements(plan, comparison, root, aggregate, storage, rules)
                  : new ProjectionStatements(plan, comparison, root, storage, rules);
          case Upkeep.Full full -> new FullStatements(plan, full, storage, rules);
        };
    return new CheckedStatements(
        plan,
        statements,
        plan.isFullOnly() ? List.of() : List.of(new NoNullSafeJoinAlone()),
        List.of(new RestrictedScansOnly(), new PreviousStateTakenBack()));
  }
}
