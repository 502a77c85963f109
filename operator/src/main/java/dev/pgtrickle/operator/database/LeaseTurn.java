package dev.pgtrickle.operator.database;

import dev.pgtrickle.operator.ownership.LeaseStanding;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether it is our turn to work in a database, and if not, why. Of one thread. */
final class LeaseTurn {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final DatabaseKey key;
  private final LeaseKeeper lease;
  private final StandingBoard standing;
  private @Nullable Instant unknownSince;

  LeaseTurn(DatabaseKey key, LeaseKeeper lease, StandingBoard standing) {
    this.key = key;
    this.lease = lease;
    this.standing = standing;
  }

  /** If not, it has been told to whoever has a seat in the database, where that matters. */
  boolean isOurs(Instant now) {
    return switch (lease.standing()) {
      case LeaseStanding.Held held -> {
        unknownSince = null;
        yield true;
      }
      case LeaseStanding.HeldBy other -> {
        unknownSince = null;
        heldBy(other);
        yield false;
      }
      case LeaseStanding.Unknown unknown -> {
        unknown(unknown, now);
        yield false;
      }
    };
  }

  /** Without a pause: the Lease says when it is our turn. */
  private void heldBy(LeaseStanding.HeldBy other) {
    standing.trouble(
        new DatabaseTrouble(
            DatabaseTrouble.Kind.OWNED_ELSEWHERE,
            "the operator " + other.holder() + " works in this database",
            "nothing, if that operator shall; else stop it"));
  }

  /** Losing sight of the Lease for a while is nothing; for long, somebody has to know. */
  private void unknown(LeaseStanding.Unknown unknown, Instant now) {
    Instant since = unknownSince == null ? now : unknownSince;
    unknownSince = since;
    if (since.plus(PATIENCE).isAfter(now)) {
      standing.open();
    } else {
      standing.trouble(
          new DatabaseTrouble(
              DatabaseTrouble.Kind.UNREACHABLE,
              "the Lease %s/%s cannot be read or written: %s"
                  .formatted(key.namespace(), key.leaseName(), unknown.reason()),
              "let the operator's ServiceAccount get, create, update and delete Leases"));
    }
  }
}
