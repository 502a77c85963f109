package dev.pgtrickle.engine.capture.model;

import java.util.Optional;

/**
 * What an exploration found.
 *
 * @param wrong what a consumer holds that it should not, and how it came to that
 */
public record Outcome(
    int states, int fullRefreshes, int differentialRefreshes, Optional<String> wrong) {}
