package dev.pgtrickle.engine.delta;

import dev.pgtrickle.engine.algebra.Aggregate;
import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.postgres.Identifier;
import java.util.List;

/** The delta of an operator, as a common table that others can read. */
public sealed interface DeltaNode {

  /** The common table's name. */
  Identifier table();

  /** Rows with a sign, not netted: a row and its retraction may both be there. */
  record SignedRows(Identifier table, List<Column> columns) implements DeltaNode {}

  /** One row for every changed group: its key, and what is added to its state. */
  record GroupChanges(Identifier table, Aggregate aggregate) implements DeltaNode {}
}
