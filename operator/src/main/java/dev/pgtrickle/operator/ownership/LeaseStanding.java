package dev.pgtrickle.operator.ownership;

import java.time.Instant;

/** How it stands with a Lease. */
public sealed interface LeaseStanding {

  /** It is ours until then, if it is not renewed. */
  record Held(Instant until) implements LeaseStanding {}

  /** Somebody else's, for at least as long. */
  record HeldBy(String holder, Instant until) implements LeaseStanding {}

  /** The API server did not answer, or somebody was faster. */
  record Unknown(String reason) implements LeaseStanding {}
}
