package dev.pgtrickle.engine.delta;

import dev.pgtrickle.engine.algebra.SemiJoin;
import dev.pgtrickle.engine.algebra.property.EqualityPairs;
import java.util.List;
import java.util.Optional;

/**
 * EXISTS, IN and NOT EXISTS: rows of the left side that have a match, or have none, as {@link
 * MatchedRows} counts them.
 *
 * <pre>
 *   customer WHERE EXISTS (sale of that customer)
 *   before: sale -1 (7, c1), +1 (7, c2)     after: __weight | customer
 *                                                         -1 | c1         7 was its only one
 *                                                         +1 | c2         7 is its first one
 * </pre>
 */
public final class SemiJoinDelta implements DeltaRule<SemiJoin> {
  private final MatchedRows matches;

  public SemiJoinDelta(MatchedRows matches) {
    this.matches = matches;
  }

  @Override
  public DeltaNode differentiate(SemiJoin join, List<DeltaNode> inputs, DeltaContext context) {
    Lookup lookup =
        new Lookup(
            join.right(),
            inputs.getLast(),
            join.condition(),
            EqualityPairs.of(
                Optional.of(join.condition()), join.left().columns(), join.right().columns()));
    return switch (join.kind()) {
      case SEMI ->
          matches.differentiate(
              "semi", join.left(), inputs.getFirst(), lookup, MatchedRows.Wanted.MATCHED, context);
      case ANTI ->
          matches.differentiate(
              "anti",
              join.left(),
              inputs.getFirst(),
              lookup,
              MatchedRows.Wanted.UNMATCHED,
              context);
    };
  }
}
