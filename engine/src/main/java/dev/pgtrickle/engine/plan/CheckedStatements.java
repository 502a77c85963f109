package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.source.ChangeWindow;
import dev.pgtrickle.engine.sql.SqlWords;
import java.util.List;
import java.util.Map;

/** Passes on the statements of another after they have been checked. */
final class CheckedStatements implements MaintenanceStatements {
  private final MaintenancePlan plan;
  private final MaintenanceStatements statements;
  private final List<StatementCheck> forAll;
  private final List<StatementCheck> forDeltas;

  CheckedStatements(
      MaintenancePlan plan,
      MaintenanceStatements statements,
      List<StatementCheck> forAll,
      List<StatementCheck> forDeltas) {
    this.plan = plan;
    this.statements = statements;
    this.forAll = forAll;
    this.forDeltas = forDeltas;
  }

  @Override
  public String visibleQuery() {
    return statements.visibleQuery();
  }

  @Override
  public List<String> createStorage() {
    return statements.createStorage();
  }

  @Override
  public ApplyStatement initialLoad() {
    return checked(statements.initialLoad(), forAll);
  }

  @Override
  public ApplyStatement smallDelta(List<ChangeWindow> windows) {
    ApplyStatement apply = statements.smallDelta(windows);
    return checked(checked(apply, forAll), forDeltas);
  }

  @Override
  public StagedApply largeDelta(List<ChangeWindow> windows, Map<Long, String> snapshots) {
    StagedApply apply = statements.largeDelta(windows, snapshots);
    return checked(checked(apply, forAll), forDeltas);
  }

  @Override
  public StagedApply fullDifference() {
    return checked(statements.fullDifference(), forAll);
  }

  private ApplyStatement checked(ApplyStatement apply, List<StatementCheck> checks) {
    checks.forEach(check -> check.check(plan, SqlWords.withoutLiterals(apply.withClause())));
    return apply;
  }

  private StagedApply checked(StagedApply apply, List<StatementCheck> checks) {
    for (StatementCheck check : checks) {
      apply
          .preparation()
          .forEach(statement -> check.check(plan, SqlWords.withoutLiterals(statement)));
    }
    checked(apply.apply(), checks);
    return apply;
  }
}
