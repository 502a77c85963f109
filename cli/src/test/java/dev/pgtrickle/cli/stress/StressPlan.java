package dev.pgtrickle.cli.stress;

import dev.pgtrickle.cli.stress.process.ProcessKeeper.Lifetimes;
import dev.pgtrickle.cli.stress.process.TrickleCommandLine;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import java.time.Duration;

/**
 * What a stress does.
 *
 * @param mainClass the product, or one with a planted bug
 * @param load how long everything happens at once, after the first population
 * @param lifetimes how long the product lives between two kills
 * @param longestPeace between two terminated backends
 * @param longestSnapshot how long readers keep a snapshot
 * @param patience how much longer for what the dice refused
 * @param seed of all dice
 */
record StressPlan(
    PostgresVersion version,
    String mainClass,
    Duration load,
    Lifetimes lifetimes,
    Duration longestPeace,
    Duration longestSnapshot,
    Duration patience,
    long seed) {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** The form that runs in every build. */
  static StressPlan bounded(PostgresVersion version, Duration load, long seed) {
    return new StressPlan(
        version,
        TrickleCommandLine.PRODUCT,
        load,
        new Lifetimes(Duration.ofSeconds(2), Duration.ofSeconds(4)),
        Duration.ofSeconds(2),
        Duration.ofSeconds(3),
        PATIENCE,
        seed);
  }

  /** The form that runs once before a release. */
  static StressPlan unbounded(PostgresVersion version, Duration load, long seed) {
    return new StressPlan(
        version,
        TrickleCommandLine.PRODUCT,
        load,
        new Lifetimes(Duration.ofSeconds(3), Duration.ofSeconds(12)),
        Duration.ofSeconds(6),
        Duration.ofSeconds(20),
        PATIENCE,
        seed);
  }

  /** A planted bug may keep a table from ever being refreshed by its difference. */
  StressPlan withPlanted(String name) {
    return new StressPlan(
        version, name, load, lifetimes, longestPeace, longestSnapshot, Duration.ZERO, seed);
  }
}
