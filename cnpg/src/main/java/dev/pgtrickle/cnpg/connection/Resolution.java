package dev.pgtrickle.cnpg.connection;

/** A connection, or why there is none. */
public sealed interface Resolution {

  /** All that is needed is there. */
  record Resolved(DatabaseConnection connection) implements Resolution {}

  /** Something is missing or refused. */
  record Unresolved(ConnectionFailure failure) implements Resolution {}
}
