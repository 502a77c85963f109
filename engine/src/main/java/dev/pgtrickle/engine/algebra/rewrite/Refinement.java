package dev.pgtrickle.engine.algebra.rewrite;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.DistinctOn;
import dev.pgtrickle.engine.algebra.Duplicates;
import dev.pgtrickle.engine.algebra.GroupBy;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.SetCall;
import dev.pgtrickle.engine.algebra.SortKey;
import dev.pgtrickle.engine.algebra.TopRows;
import dev.pgtrickle.engine.algebra.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * Picks one of the answers that a query has when rows tie (P10): whatever sorts gets all columns as
 * its last keys, the ones whose equality is not identity by their text. The full query, the delta
 * and the verifier use the same refined plan, so they can never disagree.
 *
 * <pre>
 * BEFORE  TopRows(ORDER BY a LIMIT 3, Scan(t: a, b))      array_agg(x)
 * AFTER   TopRows(ORDER BY a, b LIMIT 3, Scan(t: a, b))   array_agg(x ORDER BY x::text)
 * </pre>
 *
 * <p>The result is always one that PostgreSQL could have given for the query as it was. A window
 * whose frame would change with its order is left alone.
 */
public final class Refinement implements RewriteRule {
  private final TieBreakers ties = new TieBreakers();
  private final OrderSensitivity sensitivity = new OrderSensitivity();

  @Override
  public Operator apply(Operator plan) {
    return new BottomUp(this::refine).apply(plan);
  }

  private Operator refine(Operator operator) {
    return switch (operator) {
      case TopRows rows when rows.limits() && rows.ties() == TopRows.Ties.CUT ->
          new TopRows(
              rows.input(),
              ties.complete(rows.order(), rows.columns()),
              rows.offset(),
              rows.count(),
              rows.ties(),
              rows.lock());
      case DistinctOn distinct ->
          new DistinctOn(
              distinct.input(),
              distinct.keys(),
              ties.complete(leading(distinct), distinct.columns()));
      case Window window ->
          new Window(
              window.input(),
              window.calls().stream().map(call -> refined(call, window.input())).toList());
      case GroupBy group ->
          new GroupBy(
              group.input(),
              group.grouping(),
              group.keys(),
              group.calls().stream()
                  .map(call ->
                      new GroupBy.Call(
                          call.column(), refined(call.call(), group.input().columns())))
                  .toList());
      default -> operator;
    };
  }

  /** DISTINCT ON wants its keys to come first in the order. */
  private static List<SortKey> leading(DistinctOn distinct) {
    List<SortKey> order = new ArrayList<>(distinct.order());
    for (Scalar key : distinct.keys()) {
      if (order.stream().noneMatch(present -> present.scalar().bare().equals(key.bare()))) {
        order.add(Math.min(order.size(), distinct.keys().indexOf(key)), new SortKey(key, ""));
      }
    }
    return List.copyOf(order);
  }

  private Window.Call refined(Window.Call call, Operator input) {
    return sensitivity.refinable(call)
        ? new Window.Call(
            call.column(),
            call.call(),
            call.partition(),
            ties.complete(call.order(), input.columns()),
            call.frame())
        : call;
  }

  private SetCall refined(SetCall call, List<Column> columns) {
    boolean refinable =
        sensitivity.dependsOnOrder(call, columns) && call.duplicates() == Duplicates.KEPT;
    return refinable
        ? new SetCall(
            call.function(),
            call.duplicates(),
            call.arguments(),
            ties.byText(call.order(), call.arguments().operands()),
            call.group(),
            call.filter())
        : call;
  }
}
