package dev.pgtrickle.cnpg.primary;

import java.time.Instant;

/** What may be done with a Cluster now. */
public sealed interface PrimaryState {

  /**
   * The primary has been the same for long enough. Whether it takes writes only a connection
   * proves.
   */
  record Settled(String primary, int timeline) implements PrimaryState {}

  /**
   * A primary is named, but not for long enough to believe it.
   *
   * @param until when to look again, if nothing else happens
   */
  record Settling(Instant until) implements PrimaryState {}

  /**
   * Nothing can be done.
   *
   * @param since when this trouble was first seen
   */
  record Troubled(Trouble trouble, Instant since, String message) implements PrimaryState {}
}
