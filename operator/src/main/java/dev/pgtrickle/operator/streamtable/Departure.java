package dev.pgtrickle.operator.streamtable;

import dev.pgtrickle.cnpg.primary.Trouble;
import dev.pgtrickle.crds.streamtable.DeletionPolicy;
import java.time.Duration;
import java.util.Optional;

/**
 * What becomes of a resource that is being deleted. Never needs a Secret where one may be gone: in
 * a namespace that is being deleted Secrets go first, and nobody may wait for them.
 */
sealed interface Departure {

  /** The engine is asked to release the relation. */
  record Release() implements Departure {}

  /**
   * The object may go; what is left in the database stays.
   *
   * @param told whether somebody has to know that something was left
   */
  record Go(Told told, String message) implements Departure {}

  /** Not now: the database cannot be reached, and what is in it has to be released. */
  record Wait(String message) implements Departure {}

  /** Whether a departure leaves something behind. */
  enum Told {
    NOTHING_LEFT,
    CLEANUP_SKIPPED
  }

  /**
   * What is known of a resource that is being deleted.
   *
   * @param claimed whether it ever had something in a database
   * @param cluster the trouble of its Cluster; empty = none, or no Cluster
   * @param reach whether the database can be asked now
   * @param outage how long it could not be reached
   */
  record Known(
      Marks.Leaving leaving,
      DeletionPolicy policy,
      Claimed claimed,
      Optional<Trouble> cluster,
      Home home,
      Reach reach,
      Duration outage) {}

  /** Whether a resource ever had something in a database. */
  enum Claimed {
    EVER,
    NEVER
  }

  /** Where its database lives. */
  enum Home {
    CLUSTER,
    OTHER_SERVER
  }

  /** Whether its database can be asked. */
  enum Reach {
    SERVED,
    /** It is being connected to, or could not be reached, or its Secret makes no sense. */
    AWAY,
    /**
     * The Secret that the resource names is not there, or not meant for us: nobody may learn from
     * how long a deletion takes which of the two it is.
     */
    SECRET_NOT_OFFERED,
    /** What is needed to connect is gone for good. */
    SECRET_GONE
  }
}
