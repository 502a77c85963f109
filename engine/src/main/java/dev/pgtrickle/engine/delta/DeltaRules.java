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
    DeltaRule<ProjectSet> projectSet,
    DeltaRule<Join> join,
    DeltaRule<SemiJoin> semiJoin,
    DeltaRule<NullAwareAntiJoin> notIn,
    DeltaRule<SetOperation> setOperation,
    DeltaRule<Distinct> distinct,
    DeltaRule<GroupBy> group,
    DeltaRule<Aggregate> aggregate) {

  /** The rules as they are. */
  public static DeltaRules standard(GroupStates states) {
    MatchedRows matches = new MatchedRows();
    Recomputation recomputation = new Recomputation();
    return of(states, new JoinTerms(), matches, recomputation);
  }

  /** The rules over other parts. */
  public static DeltaRules of(
      GroupStates states, JoinTerms terms, MatchedRows matches, Recomputation recomputation) {
    ProjectDelta project = new ProjectDelta();
    return new DeltaRules(
        new ScanDelta(),
        new FilterDelta(),
        project,
        new ProjectSetDelta(project),
        new JoinDelta(terms, matches),
        new SemiJoinDelta(matches),
        new NotInDelta(matches),
        new SetOperationDelta(new UnionDelta(), recomputation),
        new DistinctDelta(recomputation),
        new GroupDelta(recomputation),
        new AggregateDelta(states));
  }

  /** The delta of an operator and of everything below it. */
  public DeltaNode differentiate(Operator operator, DeltaContext context) {
    List<DeltaNode> inputs =
        operator.inputs().stream()
            .map(input -> context.asRows(differentiate(input, context)))
            .toList();
    if (isUnchanged(operator, inputs, context)) {
      return new DeltaNode.Unchanged();
    }
    return switch (operator) {
      case Scan node -> scan.differentiate(node, inputs, context);
      case Filter node -> filter.differentiate(node, inputs, context);
      case Project node -> project.differentiate(node, inputs, context);
      case ProjectSet node -> projectSet.differentiate(node, inputs, context);
      case Join node -> join.differentiate(node, inputs, context);
      case SemiJoin node -> semiJoin.differentiate(node, inputs, context);
      case NullAwareAntiJoin node -> notIn.differentiate(node, inputs, context);
      case SetOperation node -> setOperation.differentiate(node, inputs, context);
      case Distinct node -> distinct.differentiate(node, inputs, context);
      case GroupBy node -> group.differentiate(node, inputs, context);
      case Aggregate node -> aggregate.differentiate(node, inputs, context);
      case ConstantRow _,
          Values _,
          FunctionScan _,
          TemporalFilter _,
          CommonTableScan _,
          WholeRow _,
          Window _,
          DistinctOn _,
          TopRows _,
          With _ ->
          throw NoRuleYet.of(operator);
    };
  }

  private static boolean isUnchanged(
      Operator operator, List<DeltaNode> inputs, DeltaContext context) {
    return switch (operator) {
      case Scan node -> !context.isChanged(node);
      case ConstantRow _, Values _, FunctionScan _ -> true;
      default -> inputs.stream().allMatch(DeltaNode.Unchanged.class::isInstance);
    };
  }
}
