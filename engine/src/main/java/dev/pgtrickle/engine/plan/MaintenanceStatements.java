package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.source.ChangeWindow;
import java.util.List;
import java.util.Set;

/** The statements of one plan over one storage table. Pure text; nothing is executed here. */
public interface MaintenanceStatements {

  /** Exactly the query's columns, refined where the answer would be ambiguous (P10). */
  String visibleQuery();

  /**
   * The same, with the clock at a moment that was stored.
   *
   * @param asOf an expression of type timestamptz
   */
  String visibleQuery(String asOf);

  /**
   * {@code CREATE TABLE} of the storage with its constraints, and its indexes, and the same of what
   * is kept beside it.
   */
  List<String> createStorage();

  /** {@code CREATE TABLE} of what is kept beside the storage, and its index; empty for nothing. */
  List<String> createKept();

  /** Puts the index back by which stored rows are found. */
  String keyIndexIfMissing();

  /** {@code INSERT INTO storage ...} of the whole result into an empty storage table. */
  ApplyStatement initialLoad();

  /**
   * Statistics of all that is stored, for readers and for refreshes: PostgreSQL would come by only
   * after a while.
   */
  List<String> analyse();

  /**
   * For up to so many changes of each source: prepared once, parameters for the windows.
   *
   * @param changed oids of the sources that have changes, at least one: the others are left out of
   *     the statement, or read as they are
   */
  ApplyStatement smallDelta(List<ChangeWindow> windows, Set<Long> changed, RowBound bound);

  /**
   * For more changes: the windows staged in temporary tables, so that PostgreSQL plans for their
   * real number.
   *
   * @param changed as for few changes
   */
  StagedApply largeDelta(List<ChangeWindow> windows, Set<Long> changed);

  /** The difference by image between the storage and the query (P8, P9). */
  StagedApply fullDifference();

  /** The whole result in the place of rows that answered another query (P8). */
  Replacement replacement();
}
