package dev.pgtrickle.engine.delta;

import dev.pgtrickle.engine.algebra.Aggregate;
import dev.pgtrickle.engine.algebra.Filter;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.Scan;
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
    };
  }
}
