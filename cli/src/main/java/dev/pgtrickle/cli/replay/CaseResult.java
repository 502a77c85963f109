package dev.pgtrickle.cli.replay;

import org.jspecify.annotations.Nullable;

/**
 * One row of the report.
 *
 * @param plan of the case: differential or full; null when no mode accepts its query
 * @param planClass the class of the plan, null as well
 * @param reason why the plan is so, or the code and message of the refusal
 * @param detail what was compared, or what is different
 */
public record CaseResult(
    String caseName,
    ReplayOrder order,
    ReplayMode mode,
    Outcome outcome,
    @Nullable String plan,
    @Nullable String planClass,
    String reason,
    String detail) {

  static CaseResult of(
      String caseName,
      ReplayOrder order,
      ReplayMode mode,
      CasePlan plan,
      Outcome outcome,
      String detail) {
    return switch (plan) {
      case CasePlan.Differential kept ->
          new CaseResult(
              caseName,
              order,
              mode,
              outcome,
              "differential",
              kept.planClass(),
              kept.reason(),
              detail);
      case CasePlan.Full full ->
          new CaseResult(caseName, order, mode, outcome, "full", "full", full.reason(), detail);
      case CasePlan.FullOnRequest only ->
          new CaseResult(
              caseName, order, mode, outcome, "full", "full", only.refusal().oneLine(), detail);
      case CasePlan.Refused refused ->
          new CaseResult(
              caseName, order, mode, outcome, null, null, refused.refusal().oneLine(), detail);
    };
  }

  /** The same for another reason. */
  CaseResult because(String other) {
    return new CaseResult(caseName, order, mode, outcome, plan, planClass, other, detail);
  }
}
