package dev.pgtrickle.engine.capture.model;

/** How large the world is. */
public record Limits(
    int writers, int refreshes, int cleanups, int flips, int unpins, int tamperings) {}
