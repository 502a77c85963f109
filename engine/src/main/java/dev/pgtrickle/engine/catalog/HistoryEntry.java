package dev.pgtrickle.engine.catalog;

/**
 * What is known of a refresh before its rows are counted.
 *
 * @param cause Schedule, OnChange, Request, Initial or Retry
 * @param mode Differential or Full
 * @param reason why that mode
 * @param changes captured rows in the window; -1 where they were not counted
 */
public record HistoryEntry(
    long streamTableId, String cause, String mode, String reason, long changes) {}
