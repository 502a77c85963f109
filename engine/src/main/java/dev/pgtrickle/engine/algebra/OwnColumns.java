package dev.pgtrickle.engine.algebra;

import java.util.List;

/**
 * The columns that an operator makes itself, so that a walk over a plan meets each once. Asking
 * every operator for all of its columns would walk the tree below again at each: a join asks both
 * sides.
 */
final class OwnColumns {

  private OwnColumns() {}

  static List<Column> of(Operator operator) {
    return switch (operator) {
      case Filter _,
          TemporalFilter _,
          Join _,
          SemiJoin _,
          NullAwareAntiJoin _,
          Distinct _,
          DistinctOn _,
          TopRows _,
          With _ ->
          List.of();
      default -> operator.columns();
    };
  }
}
