package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.relations.ColumnFacts;
import dev.pgtrickle.engine.sql.FullQuery;
import dev.pgtrickle.engine.sql.Movement;
import java.util.ArrayList;
import java.util.List;

/** By what means a result is kept current. */
public sealed interface Upkeep {

  /**
   * Changes are followed.
   *
   * @param comparison the query that the rows must equal, refined to one answer (P10)
   */
  record Differential(Project root, String comparison) implements Upkeep {}

  /**
   * The query is computed again and the difference applied, in one snapshot (P8, P9).
   *
   * @param outputs the query's columns
   * @param reasons the constructs that leave no other way, never empty
   * @param moving what changes the answer without a change of any source: such a table is refreshed
   *     also when no source has changed (P15)
   * @param unrepeatable why two runs over the same rows may differ: then nobody can say whether the
   *     table equals its query (contract 1 does not hold)
   */
  record Full(
      FullQuery query,
      List<ColumnFacts> outputs,
      List<String> reasons,
      List<Movement> moving,
      List<String> unrepeatable)
      implements Upkeep {

    /** Whether unchanged sources mean an unchanged answer. */
    public boolean isStill() {
      return moving.isEmpty();
    }

    /**
     * Whether something nobody records may have changed the answer since the last refresh. The
     * clock has not: its time is stored, so a row that is wrong by that time is wrong.
     */
    public boolean mayMoveUnseen() {
      return moving.stream().anyMatch(movement -> movement.cause() == Movement.Cause.UNSEEN);
    }

    /** Why the table is refreshed even when no source has changed. */
    public List<String> movingReasons() {
      return moving.stream().map(Movement::reason).toList();
    }

    /** All of it in one sentence, for status and preview. */
    public String summary() {
      List<String> parts = new ArrayList<>();
      parts.add("no delta rule for " + String.join("; ", reasons));
      movingReasons().stream().filter(reason -> !unrepeatable.contains(reason)).forEach(parts::add);
      if (!isComparable()) {
        parts.add(
            String.join("; ", unrepeatable)
                + ": the table need not equal its query (contract 1 does not hold)");
      }
      return String.join("; ", parts);
    }

    /** Whether the table can be compared with its query. */
    public boolean isComparable() {
      return unrepeatable.isEmpty();
    }
  }
}
