package dev.pgtrickle.operator.streamtable;

import dev.pgtrickle.cnpg.primary.Trouble;
import dev.pgtrickle.crds.streamtable.DeletionPolicy;
import java.time.Duration;

/** The table of deletions. Pure. */
final class DepartureRule {
  static final Duration PATIENCE_WITH_OTHER_SERVERS = Duration.ofSeconds(60);

  /** Time to put a wrong name right, or a label on; short enough for Secrets that are gone. */
  static final Duration PATIENCE_WITH_SECRETS = Duration.ofSeconds(60);

  Departure decide(Departure.Known known) {
    if (known.leaving() == Marks.Leaving.FORCED) {
      return skipped("forced by the annotation pgtrickle.dev/force-finalize");
    }
    if (known.cluster().filter(Trouble.CLUSTER_NOT_FOUND::equals).isPresent()) {
      return skipped("the Cluster is gone, or going");
    }
    if (known.cluster().filter(Trouble.REPLICA_CLUSTER::equals).isPresent()) {
      return skipped("the Cluster follows another one, in which the table goes on");
    }
    if (known.cluster().isEmpty() && known.reach() == Departure.Reach.SERVED) {
      return new Departure.Release();
    }
    if (known.claimed() == Departure.Claimed.NEVER) {
      return known.cluster().isEmpty() && known.reach() == Departure.Reach.AWAY
          ? connecting(known)
          : new Departure.Go(Departure.Told.NOTHING_LEFT, "it never had anything in a database");
    }
    if (known.reach() == Departure.Reach.SECRET_GONE) {
      return skipped("the Secret with the credentials is gone");
    }
    if (known.policy() == DeletionPolicy.ORPHAN) {
      return skipped("the database cannot be reached, and the table is left as it is anyway");
    }
    if (known.reach() == Departure.Reach.SECRET_NOT_OFFERED
        && known.outage().compareTo(PATIENCE_WITH_SECRETS) >= 0) {
      return skipped("for a minute there was no Secret with its label to connect by");
    }
    if (known.home() == Departure.Home.OTHER_SERVER
        && known.outage().compareTo(PATIENCE_WITH_OTHER_SERVERS) >= 0) {
      return skipped("the server could not be reached for a minute");
    }
    return new Departure.Wait("the database cannot be reached; it is tried again by itself");
  }

  /**
   * The status says that nothing was ever claimed, but a process may have been killed between the
   * claim and the status: so the database is asked where that is quick.
   */
  private static Departure connecting(Departure.Known known) {
    return known.outage().compareTo(Duration.ofSeconds(10)) < 0
        ? new Departure.Wait("looking whether there is something to release")
        : new Departure.Go(Departure.Told.NOTHING_LEFT, "it never had anything in a database");
  }

  private static Departure skipped(String why) {
    return new Departure.Go(Departure.Told.CLEANUP_SKIPPED, why);
  }
}
