package dev.pgtrickle.engine.algebra;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A node of a query's plan: a function from bags of rows to a bag of rows.
 *
 * <p>A column has one id in the whole plan, whatever passes it through, and no two operators
 * produce the same one: so a reference means the same wherever it stands.
 */
public sealed interface Operator
    permits Scan,
        ConstantRow,
        Values,
        FunctionScan,
        CommonTableScan,
        Filter,
        TemporalFilter,
        Project,
        ProjectSet,
        WholeRow,
        Join,
        SemiJoin,
        NullAwareAntiJoin,
        Aggregate,
        GroupBy,
        Window,
        Distinct,
        DistinctOn,
        TopRows,
        SetOperation,
        With {

  /** What it puts out, in order. */
  List<Column> columns();

  List<Operator> inputs();

  /** The same operator over other inputs, as many as it has. */
  Operator withInputs(List<Operator> inputs);

  /** The expressions that it computes itself. */
  default List<Scalar> scalars() {
    return List.of();
  }

  /** The same operator with each of its expressions changed. */
  default Operator withScalars(UnaryOperator<Scalar> change) {
    return this;
  }

  /** What people call it. */
  String title();
}
