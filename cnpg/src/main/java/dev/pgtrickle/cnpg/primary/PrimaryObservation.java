package dev.pgtrickle.cnpg.primary;

import java.time.Instant;
import java.util.Optional;

/**
 * What is remembered of a Cluster between two looks.
 *
 * @param named the primary that current and target agreed on at the last look
 * @param namedSince since when they have agreed on it without a break
 * @param confirmed the primary that was settled last, and its timeline
 * @param trouble what was wrong at the last look
 * @param troubleSince since when, whatever the look between two troubles of a kind
 */
public record PrimaryObservation(
    Optional<String> named,
    Instant namedSince,
    Optional<Confirmed> confirmed,
    Optional<Trouble> trouble,
    Instant troubleSince) {

  /** A primary that was believed. */
  public record Confirmed(String primary, int timeline) {}

  /** Nothing was seen yet. */
  public static PrimaryObservation none() {
    return new PrimaryObservation(
        Optional.empty(), Instant.EPOCH, Optional.empty(), Optional.empty(), Instant.EPOCH);
  }
}
