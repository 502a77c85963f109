package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.algebra.Aggregate;
import dev.pgtrickle.engine.algebra.Filter;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.Scan;
import dev.pgtrickle.engine.algebra.property.Capability;
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
                  "scan " + scan.relation().name(),
                  PlanClass.LINEAR,
                  "reads captured changes only");
          case Filter _ ->
              new OperatorClass("filter", PlanClass.LINEAR, "each changed row by itself");
          case Project _ ->
              new OperatorClass("project", PlanClass.LINEAR, "each changed row by itself");
          case Aggregate _ ->
              new OperatorClass(
                  "aggregate", PlanClass.ALGEBRAIC, "counts and sums follow signed rows exactly");
          default -> throw NoRuleYet.of(operator);
        });
    return List.copyOf(classes);
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
