package dev.pgtrickle.operator.streamtable;

import dev.pgtrickle.binding.BoundStreamTable;
import dev.pgtrickle.binding.StreamTableBinder;
import dev.pgtrickle.binding.problem.Problem;
import dev.pgtrickle.cnpg.primary.PrimaryState;
import java.time.Instant;
import java.util.List;

/** How far a resource comes before its database is asked. */
sealed interface Gate {

  /** Somebody said: hands off. */
  record HandsOff() implements Gate {}

  /** The resource itself cannot stand. */
  record Refused(List<Problem> problems) implements Gate {}

  /** Its Cluster cannot be written to. */
  record Away(PrimaryState.Troubled primary) implements Gate {}

  /** Its Cluster has named a primary just now: look again soon. */
  record Settling(Instant until) implements Gate {}

  /** Its database can be asked. */
  record Open(BoundStreamTable table) implements Gate {}

  /** Gates 2 to 4 of the reconciliation; the connection is asked behind it. */
  static Gate of(Facts facts) {
    if (facts.marks().handling() == Marks.Handling.HANDS_OFF) {
      return new HandsOff();
    }
    return switch (facts.bound()) {
      case StreamTableBinder.Outcome.Refused refused -> new Refused(refused.problems());
      case StreamTableBinder.Outcome.Accepted accepted ->
          facts
              .cluster()
              .map(cluster -> behind(cluster.primary(), accepted.table()))
              .orElseGet(() -> new Open(accepted.table()));
    };
  }

  private static Gate behind(PrimaryState primary, BoundStreamTable table) {
    return switch (primary) {
      case PrimaryState.Troubled troubled -> new Away(troubled);
      case PrimaryState.Settling settling -> new Settling(settling.until());
      case PrimaryState.Settled settled -> new Open(table);
    };
  }
}
