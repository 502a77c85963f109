package dev.pgtrickle.operator.database;

import dev.pgtrickle.operator.ownership.DatabaseLease;
import dev.pgtrickle.operator.ownership.LeaseStanding;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renews the Lease of a database on a thread of its own, whatever the engine is busy with. */
final class LeaseKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);

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
      LeaseStanding now = attempt();
      Instant present = clock.instant();
      boolean stillHeld =
          now instanceof LeaseStanding.Unknown
              && before instanceof LeaseStanding.Held held
              && held.until().isAfter(present);
      if (!stillHeld) {
        standing = now;
        if (!now.getClass().equals(before.getClass())) {
          if (now instanceof LeaseStanding.Unknown unknown) {
            LOG.info("a Lease is not held: {}", unknown.reason());
          }
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

  /** A defect must not end the thread: the database would never be worked in again. */
  private LeaseStanding attempt() {
    try {
      return lease.attempt();
    } catch (RuntimeException defect) {
      LOG.error("a defect while looking after a Lease", defect);
      return new LeaseStanding.Unknown(String.valueOf(defect));
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
