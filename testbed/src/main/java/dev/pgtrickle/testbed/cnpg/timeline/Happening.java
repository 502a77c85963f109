package dev.pgtrickle.testbed.cnpg.timeline;

import java.util.Arrays;

/** What happens to the instances of a Cluster, or to the service in front of its primary. */
public enum Happening {
  /** The primary is shut down in good order, after the replica has received everything. */
  PRIMARY_STOPS("primary stops"),
  /** The primary is gone without a word. */
  PRIMARY_IS_KILLED("primary is killed"),
  /** The replica becomes a primary, on a timeline of its own. */
  PROMOTION("promotion"),
  /** The former primary follows the new one. */
  REPLICA_RETURNS("replica returns"),
  /** All instances are shut down in good order. */
  INSTANCES_STOP("instances stop"),
  /** All instances are started, and the service answers. */
  INSTANCES_START("instances start"),
  /** Connections are neither accepted nor refused. */
  SERVICE_HANGS("service hangs"),
  /** The service leads to the primary. */
  SERVICE_ANSWERS("service answers");

  private final String words;

  Happening(String words) {
    this.words = words;
  }

  static Happening parse(String words) {
    return Arrays.stream(values())
        .filter(happening -> happening.words.equals(words))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("Not a happening: " + words));
  }
}
