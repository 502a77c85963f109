package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.source.WakeUp;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * How writers wake a sleeping worker without paying while it is awake. The worker holds a session
 * advisory lock while it sleeps; a writer that cannot share the lock notifies. A commit may fall
 * between the writer's look and the worker's sleep, so the worker also looks by itself now and
 * then.
 */
public final class WakeChannel {
  /** What the worker LISTENs to. */
  public static final String NAME = "pgtrickle";

  /**
   * First key of the advisory lock that a sleeping worker holds; advisory locks are per database.
   */
  public static final int FIRST_KEY = 0x7067_7472;

  /** Second key of the advisory lock that a sleeping worker holds. */
  public static final int SECOND_KEY = 1;

  /** What capture functions send: the id of a source. Any login may send anything else. */
  private static final Pattern SOURCE_ID = Pattern.compile("[0-9]{1,18}");

  private WakeChannel() {}

  /** A query that says whether the lock of a sleeper was taken; only then a worker may sleep. */
  public static String armQuery() {
    return "SELECT pg_try_advisory_lock(%d, %d)".formatted(FIRST_KEY, SECOND_KEY);
  }

  /** Ends the sleep. */
  public static String disarmQuery() {
    return "SELECT pg_advisory_unlock(%d, %d)".formatted(FIRST_KEY, SECOND_KEY);
  }

  /** Wakes the worker, which then looks at everything. */
  public static String wakeQuery() {
    return "SELECT pg_notify('%s', '')".formatted(NAME);
  }

  /** The source that a notification is about; empty when it is about something else. */
  public static OptionalLong sourceOf(String payload) {
    return SOURCE_ID.matcher(payload).matches()
        ? OptionalLong.of(Long.parseLong(payload))
        : OptionalLong.empty();
  }

  /**
   * The statement of a capture function after rows were written. Lock and unlock stand in one
   * expression: a cancelled statement must not leave the shared lock behind, which would keep the
   * worker from sleeping until that session ends.
   */
  static String statement(WakeUp wake, long sourceId) {
    return switch (wake) {
      case POLL -> "";
      case NOTIFY ->
          """
            IF FOUND AND (CASE WHEN pg_try_advisory_lock_shared(%1$d, %2$d)
                               THEN NOT pg_advisory_unlock_shared(%1$d, %2$d)
                               ELSE true END) THEN
              PERFORM pg_notify('%3$s', '%4$d');
            END IF;
          """
              .formatted(FIRST_KEY, SECOND_KEY, NAME, sourceId);
    };
  }
}
