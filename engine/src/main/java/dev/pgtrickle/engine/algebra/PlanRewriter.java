package dev.pgtrickle.engine.algebra;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Replaces expressions wherever they stand, also in queries within expressions. An expression that
 * is replaced is not looked into.
 */
public final class PlanRewriter {
  private final Function<Scalar, Optional<Scalar>> replacement;

  public PlanRewriter(Function<Scalar, Optional<Scalar>> replacement) {
    this.replacement = replacement;
  }

  public Scalar scalar(Scalar scalar) {
    Optional<Scalar> replaced = replacement.apply(scalar);
    if (replaced.isPresent()) {
      return replaced.get();
    }
    List<Scalar.Piece> pieces = scalar.pieces().stream().map(this::piece).toList();
    return pieces.equals(scalar.pieces())
        ? scalar
        : new Scalar(scalar.form(), scalar.operator(), pieces);
  }

  public Operator plan(Operator plan) {
    return plan.withInputs(plan.inputs().stream().map(this::plan).toList())
        .withScalars(this::scalar);
  }

  private Scalar.Piece piece(Scalar.Piece piece) {
    return switch (piece) {
      case Scalar.Text text -> text;
      case Scalar.Reference reference -> {
        Optional<Scalar> replaced = replacement.apply(Scalar.of(reference.column()));
        yield replaced.isEmpty()
            ? reference
            : replaced
                .get()
                .asColumn()
                .<Scalar.Piece>map(Scalar.Reference::new)
                .orElseGet(() -> new Scalar.Operand(replaced.get().parenthesised()));
      }
      case Scalar.Operand operand -> new Scalar.Operand(scalar(operand.scalar()));
      case Scalar.Subquery subquery -> new Scalar.Subquery(plan(subquery.plan()));
    };
  }
}
