package dev.pgtrickle.engine.refresh.model;

import java.util.Set;

/**
 * How large the world is.
 *
 * @param writes of the base table
 * @param refreshes of the upstream, of the first dependant, of the second
 */
public record Limits(int writes, Refreshes refreshes, Set<Event> events) {
  public Limits {
    events = Set.copyOf(events);
  }

  /** How many refreshes may begin. */
  public record Refreshes(int upstream, int first, int second) {
    int of(int dependant) {
      return dependant == 0 ? first : second;
    }

    Refreshes lessOneOfUpstream() {
      return new Refreshes(upstream - 1, first, second);
    }

    Refreshes lessOneOf(int dependant) {
      return dependant == 0
          ? new Refreshes(upstream, first - 1, second)
          : new Refreshes(upstream, first, second - 1);
    }
  }
}
