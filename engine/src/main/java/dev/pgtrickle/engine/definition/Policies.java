package dev.pgtrickle.engine.definition;

import java.util.List;

/**
 * How a table's life is led, beside what its rows are.
 *
 * @param approvals hashes of definitions that a person has approved
 */
public record Policies(
    AdoptionPolicy adoption,
    QueryChangePolicy queryChange,
    List<String> approvals,
    DriftPolicy drift) {

  public Policies {
    approvals = List.copyOf(approvals);
  }

  public static Policies defaults() {
    return new Policies(
        AdoptionPolicy.NEVER, QueryChangePolicy.APPLY, List.of(), DriftPolicy.REPAIR);
  }
}
