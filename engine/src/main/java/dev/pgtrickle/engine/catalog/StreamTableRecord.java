package dev.pgtrickle.engine.catalog;

import dev.pgtrickle.engine.definition.DeletionPolicy;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A row of pgtrickle.stream_table with its one storage version, if it has got that far.
 *
 * @param definition what is wanted; the version tells how much of it is so
 * @param revision raised by everything that is asked for
 * @param release what the owner left behind, or wants to
 */
public record StreamTableRecord(
    long id,
    StreamTableDefinition definition,
    String definitionHash,
    long revision,
    State state,
    Optional<Stall> stall,
    int consecutiveFailures,
    Optional<Release> release,
    Optional<VersionRecord> version,
    Optional<VersionContents> contents) {

  /** How far a table has come. */
  public enum State {
    CREATING,
    LOADING,
    ACTIVE,
    STALLED,
    /** Its owner left; what the policy says is being done. */
    RELEASING,
    /** Nobody's: not maintained, not captured, still read. */
    RETAINED,
    /** Nobody's: not maintained, still captured for a while. */
    ORPHANED;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static State of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  /** Why a table is not maintained any more, until a person acts. */
  public record Stall(String code, String message, String remedy) {}

  /** How and when its owner left it. */
  public record Release(DeletionPolicy policy, Instant at) {}

  /** Whether nobody owns it and nothing of it is being worked on. */
  public boolean isTombstone() {
    return state == State.RETAINED || state == State.ORPHANED;
  }
}
