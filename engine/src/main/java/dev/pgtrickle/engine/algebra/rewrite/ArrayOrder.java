package dev.pgtrickle.engine.algebra.rewrite;

import dev.pgtrickle.engine.algebra.Form;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.PlanRewriter;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.SortKey;
import dev.pgtrickle.engine.algebra.TopRows;
import dev.pgtrickle.engine.algebra.With;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sorts the queries whose rows become the elements of an array (P10).
 *
 * <pre>
 * BEFORE  ARRAY(Scan(t: a))
 * AFTER   ARRAY(TopRows(ORDER BY a, Scan(t: a)))
 * </pre>
 */
final class ArrayOrder {
  private final TieBreakers ties = new TieBreakers();

  Operator of(Operator plan) {
    return new PlanRewriter(this::replaced).plan(plan);
  }

  private Optional<Scalar> replaced(Scalar scalar) {
    if (scalar.form() != Form.ARRAY_QUERY) {
      return Optional.empty();
    }
    List<Scalar.Piece> pieces =
        scalar.pieces().stream()
            .<Scalar.Piece>map(piece ->
                piece instanceof Scalar.Subquery query
                    ? new Scalar.Subquery(sorted(of(query.plan())))
                    : piece)
            .toList();
    return Optional.of(new Scalar(scalar.form(), scalar.operator(), pieces));
  }

  private Operator sorted(Operator plan) {
    return switch (plan) {
      case TopRows rows when rows.ties() == TopRows.Ties.CUT -> completed(rows);
      case Project project when project.input() instanceof TopRows ->
          project.withInputs(List.of(sorted(project.input())));
      case With with -> {
        List<Operator> inputs = new ArrayList<>(with.inputs());
        inputs.set(inputs.size() - 1, sorted(with.body()));
        yield with.withInputs(inputs);
      }
      case TopRows rows -> sortedAgain(rows, rows.order());
      default -> sortedAgain(plan, List.of());
    };
  }

  private Operator completed(TopRows rows) {
    return new TopRows(
        rows.input(),
        ties.complete(rows.order(), rows.columns()),
        rows.offset(),
        rows.count(),
        rows.ties(),
        rows.lock());
  }

  private Operator sortedAgain(Operator rows, List<SortKey> order) {
    return new TopRows(
        rows,
        ties.complete(order, rows.columns()),
        Optional.empty(),
        Optional.empty(),
        TopRows.Ties.CUT,
        "");
  }
}
