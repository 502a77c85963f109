package dev.pgtrickle.binding.validation;

import dev.pgtrickle.binding.problem.FieldPath;
import dev.pgtrickle.binding.problem.Problem;
import dev.pgtrickle.crds.streamtable.StreamTable;
import dev.pgtrickle.crds.streamtable.StreamTableSpec;
import java.util.List;

/**
 * Everything that makes a StreamTable acceptable before a database is asked: the constraints of the
 * API, and the features that this release does not have yet.
 */
public final class StreamTableValidator {
  private static final List<Rules> RULES =
      List.of(
          new NameRules(),
          new TargetRules(),
          new QueryRules(),
          new ScheduleRules(),
          new CaptureRules(),
          new ConsistencyRules(),
          new ApprovalRules(),
          new ResultRules(),
          new LimitRules(),
          new LaterFeatures());

  public List<Problem> validate(StreamTable table) {
    Problems problems = new Problems();
    StreamTableSpec spec = table.getSpec();
    if (spec == null) {
      problems.invalid(
          FieldPath.of("spec"), "there is no spec", "say at least cluster, database and query");
      return problems.found();
    }
    for (Rules rules : RULES) {
      rules.check(table, spec, problems);
    }
    return problems.found();
  }
}
