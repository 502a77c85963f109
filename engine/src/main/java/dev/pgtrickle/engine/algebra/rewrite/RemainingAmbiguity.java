package dev.pgtrickle.engine.algebra.rewrite;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.GroupBy;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.SetCall;
import dev.pgtrickle.engine.algebra.TopRows;
import dev.pgtrickle.engine.algebra.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@link Refinement} cannot make unique. A query with any of it has several right answers, so
 * it cannot be maintained by changes, and comparing it with itself proves nothing.
 *
 * <p>To be asked of the plan before its refinement, with its types.
 */
public final class RemainingAmbiguity {

  private RemainingAmbiguity() {}

  /** One phrase for each construct, queries within expressions included; empty = one answer. */
  public static List<String> of(Operator plan) {
    List<String> found = new ArrayList<>();
    collect(plan, found);
    RecursiveParts.of(plan).operators().stream()
        .filter(operator -> operator.columns().stream().anyMatch(RemainingAmbiguity::coarse))
        .forEach(operator ->
            found.add(
                "%s in a recursive query, over values that can be equal and look different"
                    .formatted(operator.title())));
    return List.copyOf(found);
  }

  private static void collect(Operator operator, List<String> found) {
    operator.inputs().forEach(input -> collect(input, found));
    for (Scalar scalar : operator.scalars()) {
      for (Scalar part : scalar.withAllOperands()) {
        part.query().ifPresent(query -> collect(query, found));
      }
    }
    switch (operator) {
      case Window window -> window(window, found);
      case GroupBy group -> group(group, found);
      case TopRows rows -> {
        if (rows.ties() == TopRows.Ties.KEPT
            && rows.offset().isPresent()
            && TiesAfterOffset.number(rows.count()).isEmpty()) {
          found.add("OFFSET with FETCH FIRST of a computed number WITH TIES");
        }
      }
      default -> {
        // Has one answer, or is refined.
      }
    }
  }

  private static boolean coarse(Column column) {
    return column.type().isUndetermined() || Representatives.ambiguous(column);
  }

  private static void window(Window window, List<String> found) {
    for (Window.Call call : window.calls()) {
      if (WindowRefinement.way(call, window.input().columns()) == WindowRefinement.Way.NONE) {
        found.add(call.call().function() + " over a frame that rows with equal sort keys share");
      }
    }
  }

  private static void group(GroupBy group, List<String> found) {
    List<Column> columns = group.input().columns();
    for (GroupBy.Call call : group.calls()) {
      SetCall own = call.call();
      if (!AggregateRefinement.isPlain(group) && OrderSensitivity.takesOneOfEqual(own, columns)) {
        found.add(own.function() + " of distinct or sorted values with GROUPING SETS");
      }
      if (own.function().equals("JSON_OBJECTAGG")
          && new JsonAggregates(new TieBreakers()).ordered(own, columns).equals(own)) {
        found.add("JSON_OBJECTAGG with these options");
      }
      Optional<Scalar> first = own.arguments().operands().stream().findFirst();
      boolean unknown =
          call.column().type().isUndetermined()
              && (own.function().equals("\"min\"") || own.function().equals("\"max\""))
              && first.filter(value -> OrderSensitivity.mayDiffer(value, columns)).isPresent();
      if (unknown) {
        found.add(own.function() + " of values without a type of their own");
      }
    }
    group.keys().stream()
        .filter(key -> key.column().type().isUndetermined())
        .forEach(key -> found.add("GROUP BY a value without a type of its own"));
  }
}
