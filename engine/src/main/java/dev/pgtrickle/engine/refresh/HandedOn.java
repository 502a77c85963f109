package dev.pgtrickle.engine.refresh;

import dev.pgtrickle.engine.capture.SourceState;
import dev.pgtrickle.engine.plan.RowBound;
import dev.pgtrickle.engine.postgres.QualifiedName;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What members of a unit will have written before the others read it. The first trip cannot count
 * such changes, because they do not exist then: they are estimated, and before a statement that
 * reads few of them they are counted (P11).
 */
final class HandedOn {
  /** Raised by pgtrickle.require_at_most. */
  private static final String MORE_THAN_EXPECTED = "PT002";

  /** More than any statement without staging reads, and far from an overflow. */
  private static final int MANY = 2 * RowBound.EIGHT_THOUSAND.rows();

  private final Counting counting;
  private final Map<QualifiedName, Integer> written = new HashMap<>();

  HandedOn(Counting counting) {
    this.counting = counting;
  }

  /** What is said of a number that is not known. */
  enum Counting {
    /** As many rows change as in what the change came from. */
    ESTIMATED,
    /** So many that they are staged, whatever their number. */
    STAGED
  }

  static boolean isMoreThanExpected(SQLException failure) {
    return MORE_THAN_EXPECTED.equals(failure.getSQLState());
  }

  /** Notes what is decided about a member. */
  void writes(MaintainedTable table, RefreshChoice choice) {
    int rows =
        switch (choice) {
          case RefreshChoice.SmallDelta small -> (int) Math.min(MANY, small.changes());
          case RefreshChoice.LargeDelta _,
              RefreshChoice.FullDifference _,
              RefreshChoice.InitialLoad _,
              RefreshChoice.Fill _ ->
              MANY;
          case RefreshChoice.Nothing _,
              RefreshChoice.RepairCapture _,
              RefreshChoice.RenewWindows _,
              RefreshChoice.Reanalyse _ ->
              0;
        };
    if (rows > 0) {
      written.put(table.version().storage(), counting == Counting.STAGED ? MANY : rows);
    }
  }

  /** The states of a member's sources with what will have come. */
  List<SourceState> expected(MaintainedTable table, List<SourceState> states) {
    Map<Long, Integer> coming = new HashMap<>();
    for (MaintainedSource source : table.sources()) {
      coming.put(source.window().sourceId(), written.getOrDefault(source.requirement().name(), 0));
    }
    return states.stream()
        .map(state -> state.withMore(coming.getOrDefault(state.sourceId(), 0)))
        .toList();
  }

  /** The sources of a member, by id, that others write before. */
  Set<Long> sources(MaintainedTable table) {
    Set<Long> sources = new HashSet<>();
    for (MaintainedSource source : table.sources()) {
      if (written.containsKey(source.requirement().name())) {
        sources.add(source.window().sourceId());
      }
    }
    return sources;
  }
}
