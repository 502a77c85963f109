package dev.pgtrickle.engine.algebra.property;

/** How an operator can follow changes, from the cheapest way to the dearest. */
public enum MaintenanceClass {
  /** Each changed row by itself. */
  LINEAR,
  /** Changed rows meet the other side. */
  BILINEAR,
  /** Matches or copies are counted. */
  COUNTED,
  /** A state per group to which changes are added. */
  ALGEBRAIC,
  /** The same, but a lost extreme value has its group read again. */
  EXTREMUM,
  /** Groups with changes are read again. */
  GROUP_RECOMPUTE,
  /** Partitions with changes are read again. */
  PARTITION_RECOMPUTE,
  /** The rows at a boundary are read again. */
  BOUNDED_RESCAN,
  /** Some changes make the whole node be computed again. */
  NODE_RECOMPUTE,
  /** Everything is read again. */
  FULL;

  public MaintenanceClass worse(MaintenanceClass other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
