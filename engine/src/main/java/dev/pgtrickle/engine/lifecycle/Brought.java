package dev.pgtrickle.engine.lifecycle;

import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.refresh.MaintainedTable;
import java.util.List;

/** What the work on a table ended with. */
public sealed interface Brought {

  /** All that is wanted is so; the table is to be refreshed from now on. */
  record Maintained(MaintainedTable table, News news) implements Brought {}

  /** It is suspended, and has no rows yet or those of another definition. */
  record Paused() implements Brought {}

  /** It reads stream tables that have no rows yet. */
  record Waiting(List<QualifiedName> upstreams) implements Brought {}

  /** Nobody owns it any more; the relation is still read. */
  record Retired() implements Brought {}

  /** Nothing of it is left. */
  record Removed() implements Brought {}

  /** What is new about a table. */
  enum News {
    /** It is as it was left. */
    TAKEN_UP,
    CREATED,
    /** Its rows answer another query. */
    CHANGED,
    /** Its rows were compared with the query as a whole. */
    REBUILT
  }
}
