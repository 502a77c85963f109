package dev.pgtrickle.operator.database;

import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How it stands with one database; whoever has a seat there looks again when that changes. */
final class StandingBoard {
  private static final Logger LOG = LoggerFactory.getLogger(StandingBoard.class);

  private final DatabaseKey key;
  private final TableSeats seats;
  private final DatabaseListener listener;
  private final Clock clock;
  private volatile DatabaseStanding standing;

  StandingBoard(DatabaseKey key, TableSeats seats, DatabaseListener listener, Clock clock) {
    this.key = key;
    this.seats = seats;
    this.listener = listener;
    this.clock = clock;
    this.standing = new DatabaseStanding.Opening(clock.instant());
  }

  DatabaseStanding present() {
    return standing;
  }

  /** Nothing is known; it is found out. */
  void open() {
    if (!(standing instanceof DatabaseStanding.Opening)) {
      become(new DatabaseStanding.Opening(clock.instant()));
    }
  }

  /** A trouble of the same kind goes on since it began. */
  void trouble(DatabaseTrouble trouble) {
    Instant since =
        standing instanceof DatabaseStanding.Troubled before
                && before.trouble().kind() == trouble.kind()
            ? before.since()
            : clock.instant();
    become(new DatabaseStanding.Troubled(trouble, since));
  }

  void become(DatabaseStanding next) {
    DatabaseStanding before = standing;
    standing = next;
    if (!next.equals(before)) {
      if (next instanceof DatabaseStanding.Troubled troubled
          && !(before instanceof DatabaseStanding.Troubled)) {
        LOG.info("{}: {}", key, troubled.trouble().message());
      }
      seats.tables().forEach(listener::changed);
    }
  }
}
