package dev.pgtrickle.engine.runtime;

import java.time.Duration;

/**
 * How a worker runs.
 *
 * @param program name and version, for the registry
 * @param owner who this worker is, for people: host and process
 * @param workers refreshes at once in this database
 * @param tick the longest time that a missed wake-up can cost
 * @param janitorEvery how often buffers and history are looked after
 */
public record EngineOptions(
    String program, String owner, int workers, Duration tick, Duration janitorEvery) {

  public static EngineOptions defaults(String program) {
    return new EngineOptions(
        program,
        "pid " + ProcessHandle.current().pid(),
        2,
        Duration.ofMillis(200),
        Duration.ofSeconds(5));
  }
}
