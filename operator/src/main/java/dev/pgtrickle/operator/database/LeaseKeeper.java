package dev.pgtrickle.operator.database;

import dev.pgtrickle.operator.ownership.DatabaseLease;
import dev.pgtrickle.operator.ownership.LeaseStanding;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Renews the Lease of a database on a thread of its own, whatever the engine is busy with. */
final class LeaseKeeper implements AutoCloseable {
  private final DatabaseLease lease;
  private final Duration every;
  private final Clock clock;
  private final Runnable changed;
  private final Thread thread;
  private volatile LeaseStanding standing = new LeaseStanding.Unknown("not asked yet");
  private volatile boolean closed;

  LeaseKeeper(DatabaseLease lease, Duration every, Clock clock, Runnable changed) {
    this.lease = lease;
    this.every = every;
    this.clock = clock;
    this.changed = changed;
    this.thread = Thread.ofVirtual().name("pgtrickle-lease").unstarted(this::loop);
  }

  void start() {
    thread.start();
  }

  /** As of now: one that was not renewed in time is not held. */
  LeaseStanding standing() {
    LeaseStanding present = standing;
    if (present instanceof LeaseStanding.Held held && !held.until().isAfter(clock.instant())) {
      return new LeaseStanding.Unknown("it could not be renewed in time");
    }
    return present;
  }

  private void loop() {
    while (!closed) {
      LeaseStanding before = standing();
      LeaseStanding now = lease.attempt();
      Instant present = clock.instant();
      boolean stillHeld =
          now instanceof LeaseStanding.Unknown
              && before instanceof LeaseStanding.Held held
              && held.until().isAfter(present);
      if (!stillHeld) {
        standing = now;
        if (!now.getClass().equals(before.getClass())) {
          changed.run();
        }
      }
      try {
        Thread.sleep(every);
      } catch (InterruptedException interrupted) {
        return;
      }
    }
  }

  /** Gives the Lease up. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    lease.giveUp();
  }
}
