package dev.pgtrickle.engine.refresh.model;

/** A rule of P11 that is left out. */
public enum Omission {
  /** Two writers of one table: under REPEATABLE READ the second one fails. */
  FIRST_UPDATER_WINS,
  /** Nobody else writes a table that a refresh may write. */
  GUARD,
  /** Other rows by another definition: captured changes, or a new storage. */
  STORAGE_OF_A_CHANGE,
  /** A table that is created again has a storage that nobody had. */
  STORAGE_OF_A_NEW_TABLE,
  /** A restored table has a new storage. */
  STORAGE_OF_A_RESTORED_TABLE,
  /** The dependant's number is not above the upstream's. */
  NUMBER_WITHIN,
  /** Whether the upstream is stale is decided after the snapshot. */
  STALENESS_INSIDE,
  /** A stale upstream is refreshed with its dependant. */
  PULL,
  /** What this transaction itself wrote to the upstream is in the frontier that it leaves. */
  OWN_TRANSACTION,
  /** All changes since the last refresh, not only the one of this transaction. */
  WHOLE_LOG,
  /** An entry stays until every dependant has read it. */
  LOG_PINS,
  /** Where an entry is missing there is no delta. */
  EVERY_NUMBER
}
