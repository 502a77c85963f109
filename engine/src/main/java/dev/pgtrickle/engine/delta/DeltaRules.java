package dev.pgtrickle.engine.delta;

import dev.pgtrickle.engine.algebra.Aggregate;
import dev.pgtrickle.engine.algebra.CommonTableScan;
import dev.pgtrickle.engine.algebra.ConstantRow;
import dev.pgtrickle.engine.algebra.Distinct;
import dev.pgtrickle.engine.algebra.DistinctOn;
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
import dev.pgtrickle.engine.algebra.StreamTableScan;
import dev.pgtrickle.engine.algebra.TemporalFilter;
import dev.pgtrickle.engine.algebra.TopRows;
import dev.pgtrickle.engine.algebra.Values;
import dev.pgtrickle.engine.algebra.WholeRow;
import dev.pgtrickle.engine.algebra.Window;
import dev.pgtrickle.engine.algebra.With;
import java.util.List;

/**
 * Finds the rule of every operator. A new operator without a rule does not compile. The rules are
 * handed in, so that a test can replace one by a wrong one.
 */
public record DeltaRules(
    DeltaRule<Scan> scan,
    DeltaRule<Filter> filter,
    DeltaRule<Project> project,
    DeltaRule<Aggregate> aggregate) {

  /** The delta of an operator and of everything below it. */
  public DeltaNode differentiate(Operator operator, DeltaContext context) {
    List<DeltaNode> inputs =
        operator.inputs().stream().map(input -> differentiate(input, context)).toList();
    return switch (operator) {
      case Scan node -> scan.differentiate(node, inputs, context);
      case Filter node -> filter.differentiate(node, inputs, context);
      case Project node -> project.differentiate(node, inputs, context);
      case Aggregate node -> aggregate.differentiate(node, inputs, context);
      case TemporalFilter _,
          StreamTableScan _,
          ConstantRow _,
          Values _,
          FunctionScan _,
          CommonTableScan _,
          ProjectSet _,
          WholeRow _,
          Join _,
          SemiJoin _,
          NullAwareAntiJoin _,
          GroupBy _,
          Window _,
          Distinct _,
          DistinctOn _,
          TopRows _,
          SetOperation _,
          With _ ->
          throw NoRuleYet.of(operator);
    };
  }
}
