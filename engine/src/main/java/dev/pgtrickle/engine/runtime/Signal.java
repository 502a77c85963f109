package dev.pgtrickle.engine.runtime;

import java.util.Set;

/** What ended a sleep of the worker. */
sealed interface Signal {

  /** Time passed. */
  record Nothing() implements Signal {}

  /**
   * Writers changed these sources.
   *
   * @param sourceIds of the registry
   */
  record Changed(Set<Long> sourceIds) implements Signal {}

  /** Somebody asked for something: everything is looked at. */
  record Requested() implements Signal {}
}
