package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.algebra.Form;
import dev.pgtrickle.engine.algebra.Join;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.SemiJoin;
import java.util.List;

/**
 * A plan whose expressions are flat, see {@link FlatScalar}. Of the conditions of joins it stays
 * known which comparisons they consist of: a delta looks rows up by them.
 */
final class FlatPlan {

  private FlatPlan() {}

  static Operator of(Operator plan) {
    Operator inner = plan.withInputs(plan.inputs().stream().map(FlatPlan::of).toList());
    return switch (inner) {
      case Join join -> join.withScalars(FlatPlan::condition);
      case SemiJoin join -> join.withScalars(FlatPlan::condition);
      default -> inner.withScalars(FlatScalar::of);
    };
  }

  private static Scalar condition(Scalar condition) {
    return Scalar.and(condition.conjuncts().stream().map(FlatPlan::conjunct).toList());
  }

  private static Scalar conjunct(Scalar conjunct) {
    Scalar bare = conjunct.bare();
    if (bare.form() != Form.INFIX || !bare.operator().equals("=")) {
      return FlatScalar.of(conjunct).parenthesised();
    }
    List<Scalar> operands = bare.operands().stream().map(FlatScalar::of).toList();
    return Scalar.infix(Form.INFIX, operands.getFirst(), "=", operands.getLast());
  }
}
