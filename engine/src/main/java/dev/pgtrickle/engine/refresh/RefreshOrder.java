package dev.pgtrickle.engine.refresh;

import java.util.List;
import java.util.Map;

/**
 * Why a refresh is done, and whether its mode was insisted on.
 *
 * @param wish the mode; INITIAL only for the first load of an empty storage
 * @param understood fingerprints (by source id) under which the query was analysed anew: a source
 *     that looks just so is no surprise, but its table must be refreshed fully
 */
public record RefreshOrder(Cause cause, Wish wish, Map<Long, List<Long>> understood) {

  public static RefreshOrder of(Cause cause, Wish wish) {
    return new RefreshOrder(cause, wish, Map.of());
  }

  /** What history calls the trigger. */
  public enum Cause {
    SCHEDULE("Schedule"),
    ON_CHANGE("OnChange"),
    REQUEST("Request"),
    /** Another table that reads this one was due. */
    PULLED("Pulled"),
    INITIAL("Initial"),
    RETRY("Retry"),
    DEFINITION("Definition"),
    ADOPTION("Adoption"),
    /** The rows came along with a copy of a database (P19). */
    COPY("Copy");

    private final String word;

    Cause(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  /** How the refresh should go about it. */
  public enum Wish {
    /** Differential where it is exact, else full with the reason, if the definition allows. */
    BEST,
    DIFFERENTIAL,
    FULL,
    /** Full, since the changes by themselves could not be computed. */
    RECOMPUTATION,
    INITIAL,
    /** The rows of a changed definition, matched with the old ones by their key. */
    DIFFERENCE_FILL,
    /** The rows of a changed definition in the place of all old ones. */
    REPLACEMENT_FILL,
    /** By delta wherever that is exact, whatever the definition says; nothing is committed. */
    REHEARSAL
  }
}
