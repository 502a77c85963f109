package dev.pgtrickle.engine.refresh.model;

import dev.pgtrickle.engine.model.Exploration;
import java.util.List;
import java.util.Set;

/** A base table, a stream table over it, and two that read both: refreshed, changed, dying. */
public final class GraphModel {
  /** How the name of a refresh by the log ends. */
  public static final String DIFFERENTIAL = "DIFFERENTIAL";

  /** How the name of a refresh of everything ends. */
  public static final String FULL = "FULL";

  private GraphModel() {}

  public static Exploration<?> of(Limits limits, Set<Omission> omitted) {
    return new Exploration<>(
        World.beginning(limits),
        List.of(
            new Writers(limits.writes()),
            new UpstreamRefreshes(omitted),
            new DependantRefreshes(omitted),
            new Operators(omitted),
            new LogCleaning(omitted),
            new Commits(omitted)));
  }
}
