package dev.pgtrickle.engine.algebra.rewrite;

import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Scalar;
import java.util.List;
import java.util.function.UnaryOperator;

/** Rewrites every operator after its inputs, those of queries within expressions included. */
final class BottomUp {
  private final UnaryOperator<Operator> rewriting;

  BottomUp(UnaryOperator<Operator> rewriting) {
    this.rewriting = rewriting;
  }

  Operator apply(Operator plan) {
    Operator inner =
        plan.withInputs(plan.inputs().stream().map(this::apply).toList())
            .withScalars(this::queries);
    return rewriting.apply(inner);
  }

  private Scalar queries(Scalar scalar) {
    return scalar.hasQuery() ? scalar(scalar) : scalar;
  }

  private Scalar scalar(Scalar scalar) {
    List<Scalar.Piece> pieces =
        scalar.pieces().stream()
            .<Scalar.Piece>map(piece ->
                switch (piece) {
                  case Scalar.Text text -> text;
                  case Scalar.Reference reference -> reference;
                  case Scalar.Operand operand -> new Scalar.Operand(scalar(operand.scalar()));
                  case Scalar.Subquery query -> new Scalar.Subquery(apply(query.plan()));
                })
            .toList();
    return pieces.equals(scalar.pieces())
        ? scalar
        : new Scalar(scalar.form(), scalar.operator(), pieces);
  }
}
