package dev.pgtrickle.engine.delta;

import dev.pgtrickle.engine.algebra.Aggregate;
import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.postgres.Identifier;
import java.util.List;

/** The delta of an operator. */
public sealed interface DeltaNode {

  /** No source below it has changed: whoever reads it leaves the terms out that need it. */
  record Unchanged() implements DeltaNode {}

  /**
   * Rows with a sign in a common table, not netted: a row and its retraction may both be there. The
   * columns have the names of the plan, which are unique in it.
   */
  record SignedRows(Identifier table, List<Column> columns) implements DeltaNode {}

  /** One row for every changed group: its key, and what is added to its state. */
  record GroupChanges(Identifier table, Aggregate aggregate) implements DeltaNode {}
}
