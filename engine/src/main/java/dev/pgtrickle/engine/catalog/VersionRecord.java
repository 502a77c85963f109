package dev.pgtrickle.engine.catalog;

import dev.pgtrickle.engine.postgres.QualifiedName;

/**
 * A storage version.
 *
 * @param population whether the first load has committed
 * @param gate whether the view still asks that before each read
 */
public record VersionRecord(
    long id, QualifiedName storage, QualifiedName guard, Population population, Gate gate) {

  /** Whether readers have rows. */
  public enum Population {
    EMPTY,
    POPULATED
  }

  /** Whether the view checks for each reader's snapshot that it can see the load. */
  public enum Gate {
    CLOSED,
    OPEN
  }
}
