package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.source.ChangeWindow;
import dev.pgtrickle.engine.sql.SqlWords;
import java.util.List;
import java.util.Set;

/** Passes on the statements of another after they have been checked. */
final class CheckedStatements implements MaintenanceStatements {
  private final MaintenancePlan plan;
  private final MaintenanceStatements statements;
  private final List<StatementCheck> forAll;
  private final List<StatementCheck> forDeltas;

  private final KnownDeltas<ApplyStatement> small = new KnownDeltas<>();
  private final KnownDeltas<StagedApply> large = new KnownDeltas<>();

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
  public String visibleQuery(String asOf) {
    return statements.visibleQuery(asOf);
  }

  @Override
  public List<String> createStorage() {
    return statements.createStorage();
  }

  @Override
  public List<String> createKept() {
    return statements.createKept();
  }

  @Override
  public String keyIndexIfMissing() {
    return statements.keyIndexIfMissing();
  }

  @Override
  public ApplyStatement initialLoad() {
    return checked(statements.initialLoad(), forAll);
  }

  @Override
  public List<String> analyse() {
    return statements.analyse();
  }

  @Override
  public ApplyStatement smallDelta(List<ChangeWindow> windows, Set<Long> changed) {
    return small.get(
        windows,
        changed,
        () -> checked(checked(statements.smallDelta(windows, changed), forAll), forDeltas));
  }

  @Override
  public StagedApply largeDelta(List<ChangeWindow> windows, Set<Long> changed) {
    return large.get(
        windows,
        changed,
        () -> checked(checked(statements.largeDelta(windows, changed), forAll), forDeltas));
  }

  @Override
  public StagedApply fullDifference() {
    return checked(statements.fullDifference(), forAll);
  }

  @Override
  public Replacement replacement() {
    Replacement replacement = statements.replacement();
    checked(replacement.apply(), forAll);
    return replacement;
  }

  private ApplyStatement checked(ApplyStatement apply, List<StatementCheck> checks) {
    checks.forEach(check -> check.check(plan, SqlWords.withoutLiterals(apply.withClause())));
    return apply;
  }

  private StagedApply checked(StagedApply apply, List<StatementCheck> checks) {
    for (StatementCheck check : checks) {
      apply
          .preparation()
          .forEach(statement -> check.check(plan, SqlWords.withoutLiterals(statement.sql())));
    }
    checked(apply.apply(), checks);
    return apply;
  }
}
