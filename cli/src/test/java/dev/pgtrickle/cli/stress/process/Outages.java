package dev.pgtrickle.cli.stress.process;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** When the server was down by our own hand: what broke then is nobody's fault. */
public final class Outages {
  /**
   * admin_shutdown, crash_shutdown, cannot_connect_now: how a server says that it goes or comes.
   */
  private static final Set<String> SERVER_GONE = Set.of("57P01", "57P02", "57P03");

  private final List<Outage> outages = new ArrayList<>();

  private record Outage(long begin, long end) {}

  /** Runs something during which the server is down. */
  void during(Runnable crash) {
    int index;
    synchronized (this) {
      index = outages.size();
      outages.add(new Outage(System.nanoTime(), Long.MAX_VALUE));
    }
    crash.run();
    synchronized (this) {
      outages.set(index, new Outage(outages.get(index).begin(), System.nanoTime()));
    }
  }

  /** Whether a failure of something that began then comes from an outage. */
  public synchronized boolean explain(SQLException failure, long begin) {
    String state = failure.getSQLState();
    return state != null
        && (state.startsWith("08") || SERVER_GONE.contains(state))
        && happenedSince(begin);
  }

  /** Whether the server was down at any time since then. */
  public synchronized boolean happenedSince(long begin) {
    return outages.stream()
        .anyMatch(outage -> outage.end() == Long.MAX_VALUE || outage.end() - begin >= 0);
  }

  /** How many there were. */
  public synchronized int count() {
    return outages.size();
  }
}
