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

  private final KnownDeltas<SomeRows, ApplyStatement> small = new KnownDeltas<>();
  private final KnownDeltas<Set<Long>, StagedApply> large = new KnownDeltas<>();

  /** What a statement for few rows depends on beside the windows. */
  private record SomeRows(Set<Long> changed, RowBound bound) {
    SomeRows {
      changed = Set.copyOf(changed);
    }
  }

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
  public ApplyStatement smallDelta(List<ChangeWindow> windows, Set<Long> changed, RowBound bound) {
    return small.get(
        windows,
        new SomeRows(changed, bound),
        () -> checked(checked(statements.smallDelta(windows, changed, bound), forAll), forDeltas));
  }

  @Override
  public StagedApply largeDelta(List<ChangeWindow> windows, Set<Long> changed) {
    return large.get(
        windows,
        Set.copyOf(changed),
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
