package dev.pgtrickle.operator.database;

import dev.pgtrickle.engine.runtime.DatabaseReport;
import dev.pgtrickle.engine.runtime.StreamTableEngine;
import java.time.Instant;

/** How it stands with a database. */
public sealed interface DatabaseStanding {

  /** It is being connected to. */
  record Opening(Instant since) implements DatabaseStanding {}

  /**
   * An engine works in it.
   *
   * @param incarnation another number for each engine: what was applied to an earlier one is
   *     applied again, which costs little and repairs what was not finished
   * @param since when it began to serve
   */
  record Served(StreamTableEngine engine, DatabaseReport identity, long incarnation, Instant since)
      implements DatabaseStanding {}

  /** It cannot be worked in; it is tried again by itself. */
  record Troubled(DatabaseTrouble trouble, Instant since) implements DatabaseStanding {}
}
