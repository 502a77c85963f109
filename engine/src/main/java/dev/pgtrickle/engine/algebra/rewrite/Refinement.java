package dev.pgtrickle.engine.algebra.rewrite;

import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.ColumnIds;
import dev.pgtrickle.engine.algebra.Distinct;
import dev.pgtrickle.engine.algebra.DistinctOn;
import dev.pgtrickle.engine.algebra.GroupBy;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.SetOperation;
import dev.pgtrickle.engine.algebra.SortKey;
import dev.pgtrickle.engine.algebra.TopRows;
import dev.pgtrickle.engine.algebra.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Picks one of the answers that a query has when rows tie (P10): whatever sorts gets all columns as
 * its last keys, the ones whose equality is not identity by their images; of equal values the one
 * with the least image is shown. The full query, the delta and the verifier use the same refined
 * plan, so they can never disagree.
 *
 * <pre>
 * BEFORE  TopRows(ORDER BY a LIMIT 3, Scan(t: a, b))      array_agg(x)
 * AFTER   TopRows(ORDER BY a, b LIMIT 3, Scan(t: a, b))   array_agg(x ORDER BY x::text)
 * </pre>
 *
 * <p>The result is always one that PostgreSQL could have given for the query as it was, but that
 * INTERSECT and EXCEPT show images of the left side. What has no unique answer even so is named by
 * {@link RemainingAmbiguity}.
 *
 * <p>The plan must be normalised and have its types: both decide what ties. Its columns stay; its
 * keys are to be derived before, because an image that was picked is no plain column any more.
 */
public final class Refinement implements RewriteRule {

  @Override
  public Operator apply(Operator plan) {
    Run run = new Run(new Calls(ColumnIds.after(plan)), RecursiveParts.of(plan).columns());
    return new ArrayOrder().of(new BottomUp(run::refine).apply(plan));
  }

  /** The refinement of one plan. */
  private static final class Run {
    private final TieBreakers ties = new TieBreakers();
    private final Calls calls;
    private final Set<List<ColumnId>> recursive;

    Run(Calls calls, Set<List<ColumnId>> recursive) {
      this.calls = calls;
      this.recursive = recursive;
    }

    Operator refine(Operator operator) {
      return switch (operator) {
        case TopRows rows when rows.limits() -> topRows(rows);
        case DistinctOn distinct ->
            new DistinctOn(
                distinct.input(),
                distinct.keys(),
                ties.complete(leading(distinct), distinct.columns()));
        case Window window -> new WindowRefinement(calls).of(window);
        case GroupBy group -> group(group);
        case Distinct distinct when !isRecursive(distinct) ->
            new Representatives(calls).of(distinct);
        case SetOperation operation when !isRecursive(operation) ->
            new Representatives(calls).of(operation);
        default -> operator;
      };
    }

    private boolean isRecursive(Operator operator) {
      return recursive.contains(RecursiveParts.ids(operator));
    }

    private Operator topRows(TopRows rows) {
      return switch (rows.ties()) {
        case CUT ->
            new TopRows(
                rows.input(),
                ties.complete(rows.order(), rows.columns()),
                rows.offset(),
                rows.count(),
                rows.ties(),
                rows.lock());
        case KEPT -> new TiesAfterOffset(calls).of(rows);
      };
    }

    /** The keys first: they are in the groups that the aggregates are refined for. */
    private Operator group(GroupBy group) {
      Operator shown = new Representatives(calls).of(group);
      return switch (shown) {
        case Project project when project.input() instanceof GroupBy inner ->
            project.withInputs(List.of(new AggregateRefinement(calls).of(inner)));
        case GroupBy same -> new AggregateRefinement(calls).of(same);
        default -> throw new IllegalStateException("no groups: " + shown.title());
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
  }
}
