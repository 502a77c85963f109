package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.postgres.OpenSnapshot;
import dev.pgtrickle.engine.postgres.StateQuery;
import dev.pgtrickle.engine.source.WindowPredicate;
import java.sql.SQLException;
import java.util.List;

/**
 * How a refresh looks at its sources: with the first SELECT as if the catalog were untouched, which
 * the same SELECT finds out; and again, in the same snapshot, where it is not.
 */
public final class SourceLook {
  private final SourceStates quick;
  private final SourceStates thorough;

  private SourceLook(SourceStates quick, SourceStates thorough) {
    this.quick = quick;
    this.thorough = thorough;
  }

  /** For storage versions that are looked at together. */
  public static SourceLook of(
      List<SourceStates.Reader> readers,
      SourceStates.Counted counted,
      CaptureRules rules,
      WindowPredicate unread) {
    return new SourceLook(
        SourceStates.quick(readers, counted, rules, unread),
        SourceStates.thorough(readers, counted, rules, unread));
  }

  /** The SELECT that takes the snapshot. */
  public StateQuery<List<SourceState>> first() {
    return quick;
  }

  /** What can be decided on, from what the first SELECT saw. */
  public List<SourceState> settled(List<SourceState> seen, OpenSnapshot snapshot)
      throws SQLException {
    return seen.stream().allMatch(SourceState::catalogIsUntouched) ? seen : snapshot.read(thorough);
  }
}
