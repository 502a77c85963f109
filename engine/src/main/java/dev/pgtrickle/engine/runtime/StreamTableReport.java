package dev.pgtrickle.engine.runtime;

import dev.pgtrickle.engine.definition.Origin;
import dev.pgtrickle.engine.lifecycle.PendingDefinition;
import dev.pgtrickle.engine.postgres.QualifiedName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One line of status.
 *
 * @param state creating, loading, changing, active, suspended, stalled, deleting, retained or
 *     orphaned
 * @param mode Differential or Full, with {@code reason} why
 * @param dataTime all changes committed before it are in the table
 * @param drift what is not as we left it and was not put right
 * @param life the identity and the history of the table
 */
public record StreamTableReport(
    QualifiedName relation,
    String state,
    String mode,
    String planClass,
    String reason,
    String schedule,
    List<String> sources,
    Optional<Instant> dataTime,
    Optional<Duration> lag,
    long rows,
    long bytes,
    long pendingChanges,
    Optional<RefreshReport> lastRefresh,
    int consecutiveFailures,
    Optional<Problem> problem,
    List<Drift> drift,
    Life life) {

  /** Why a table stands still or fails. */
  public record Problem(String code, String message, String remedy) {}

  /** A deviation: one of the words of the Drifted condition, and what it is about. */
  public record Drift(String kind, String message) {}

  /**
   * What concerns the table as such, not its rows.
   *
   * @param owner who has claimed it
   * @param populated whether readers have rows
   * @param queryHash of the query that the rows answer; empty before the first load
   * @param operators every node of the plan
   * @param request the newest request that came with a token
   */
  public record Life(
      Origin owner,
      boolean populated,
      String queryHash,
      List<Operator> operators,
      Optional<PendingDefinition> pending,
      Optional<Request> request) {}

  /** A node of the plan, its class, and why it has that class. */
  public record Operator(String operator, String planClass, String reason) {}

  /**
   * A request for a refresh.
   *
   * @param state Accepted, Running, Succeeded or Failed
   * @param mode as asked for, empty for the table's own
   */
  public record Request(
      String token,
      String state,
      Optional<String> mode,
      Optional<Instant> finishedAt,
      String message) {}

  /** The state words, for those who decide by them. */
  public Phase phase() {
    return Phase.valueOf(state.toUpperCase(java.util.Locale.ROOT));
  }

  /** Where a table stands. */
  public enum Phase {
    CREATING,
    LOADING,
    /** An accepted change is being brought about; readers are served. */
    CHANGING,
    ACTIVE,
    SUSPENDED,
    STALLED,
    DELETING,
    /** Nobody owns it; readers are served what was there, a successor can adopt it. */
    RETAINED,
    /** Like RETAINED, with capture going on for a day. */
    ORPHANED
  }
}
