package dev.pgtrickle.engine.catalog;

import dev.pgtrickle.engine.definition.StreamTableDefinition;
import java.util.Optional;

/** A row of pgtrickle.stream_table with its one storage version, if it has got that far. */
public record StreamTableRecord(
    long id,
    StreamTableDefinition definition,
    String definitionHash,
    State state,
    Optional<Stall> stall,
    int consecutiveFailures,
    Optional<VersionRecord> version) {

  /** How far a table has come. */
  public enum State {
    CREATING,
    LOADING,
    ACTIVE,
    STALLED;

    String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    static State of(String word) {
      return valueOf(word.toUpperCase(java.util.Locale.ROOT));
    }
  }

  /** Why a table is not maintained any more, until a person acts. */
  public record Stall(String code, String message, String remedy) {}
}
