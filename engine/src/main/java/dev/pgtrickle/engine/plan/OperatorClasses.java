package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.algebra.Aggregate;
import dev.pgtrickle.engine.algebra.CommonTableScan;
import dev.pgtrickle.engine.algebra.ConstantRow;
import dev.pgtrickle.engine.algebra.Distinct;
import dev.pgtrickle.engine.algebra.DistinctOn;
import dev.pgtrickle.engine.algebra.Duplicates;
import dev.pgtrickle.engine.algebra.Filter;
import dev.pgtrickle.engine.algebra.FunctionScan;
import dev.pgtrickle.engine.algebra.GroupBy;
import dev.pgtrickle.engine.algebra.Join;
import dev.pgtrickle.engine.algebra.NullAwareAntiJoin;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.ProjectSet;
import dev.pgtrickle.engine.algebra.Scan;
import dev.pgtrickle.engine.algebra.SemiJoin;
import dev.pgtrickle.engine.algebra.SetOperation;
import dev.pgtrickle.engine.algebra.TemporalFilter;
import dev.pgtrickle.engine.algebra.TopRows;
import dev.pgtrickle.engine.algebra.Values;
import dev.pgtrickle.engine.algebra.WholeRow;
import dev.pgtrickle.engine.algebra.Window;
import dev.pgtrickle.engine.algebra.With;
import dev.pgtrickle.engine.algebra.property.Capability;
import dev.pgtrickle.engine.algebra.property.KnownValues;
import dev.pgtrickle.engine.delta.NoRuleYet;
import java.util.ArrayList;
import java.util.List;

/** Names the operators of a plan with their classes, for status and preview. */
final class OperatorClasses {

  /** Those of the form that the delta rules follow, inputs first. */
  List<OperatorClass> differential(Operator operator) {
    List<OperatorClass> classes = new ArrayList<>();
    operator.inputs().forEach(input -> classes.addAll(differential(input)));
    classes.add(
        switch (operator) {
          case Scan scan ->
              new OperatorClass(
                  "scan " + scan.known(), PlanClass.LINEAR, "reads captured changes only");
          case Filter _, Project _, ProjectSet _ ->
              new OperatorClass(operator.title(), PlanClass.LINEAR, "each changed row by itself");
          case ConstantRow _, Values _, FunctionScan _ ->
              new OperatorClass(operator.title(), PlanClass.LINEAR, "it never changes");
          case Join join ->
              join.kind() == Join.Kind.INNER
                  ? new OperatorClass(
                      join.title(), PlanClass.BILINEAR, "changed rows meet the other side")
                  : new OperatorClass(
                      join.title(),
                      PlanClass.COUNTED,
                      "changed rows meet the other side, matches of the others are counted");
          case SemiJoin _ ->
              new OperatorClass(
                  operator.title(), PlanClass.COUNTED, "matches of concerned rows are counted");
          case SetOperation operation ->
              operation.kind() == SetOperation.Kind.UNION
                      && operation.duplicates() == Duplicates.KEPT
                  ? new OperatorClass(
                      operator.title(), PlanClass.LINEAR, "each changed row by itself")
                  : new OperatorClass(
                      operator.title(),
                      PlanClass.GROUP_RECOMPUTE,
                      "rows equal to changed ones are read again");
          case Distinct _ ->
              new OperatorClass(
                  operator.title(),
                  PlanClass.GROUP_RECOMPUTE,
                  "rows equal to changed ones are read again");
          case GroupBy _ ->
              new OperatorClass(
                  operator.title(),
                  PlanClass.GROUP_RECOMPUTE,
                  "groups with changes are read again");
          case Aggregate aggregate -> aggregate(aggregate);
          case NullAwareAntiJoin _ ->
              new OperatorClass(
                  operator.title(),
                  PlanClass.NODE_RECOMPUTE,
                  "the first NULL in it, and the first row, concern all rows of the other side");
          case Window _,
              DistinctOn _,
              TopRows _,
              With _,
              CommonTableScan _,
              WholeRow _,
              TemporalFilter _ ->
              throw NoRuleYet.of(operator);
        });
    return List.copyOf(classes);
  }

  private static OperatorClass aggregate(Aggregate aggregate) {
    if (!aggregate.keepsExtremes()) {
      return new OperatorClass(
          "aggregate", PlanClass.ALGEBRAIC, "counts and sums follow signed rows exactly");
    }
    return KnownValues.of(aggregate).isPresent()
        ? new OperatorClass(
            "aggregate",
            PlanClass.COUNTED,
            "each value is kept with its count; the next one follows what leaves")
        : new OperatorClass(
            "aggregate",
            PlanClass.EXTREMUM,
            "follows signed rows; a least or greatest value that leaves is read again");
  }

  /** Those of the capability table: what is possible, whether or not there is a rule yet. */
  List<OperatorClass> full(List<Capability> capabilities) {
    return capabilities.stream()
        .map(capability ->
            new OperatorClass(
                capability.operator(), PlanClass.of(capability.maintenance()), capability.reason()))
        .toList();
  }
}
