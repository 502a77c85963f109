package dev.pgtrickle.engine.postgres;

import java.time.Duration;
import java.util.List;

/**
 * What a refresh locks before it takes its snapshot (P2).
 *
 * @param timeout of each lock request
 * @param guards of the tables that will be written, in order of their oids, so that two refreshes
 *     never wait for each other in a circle
 * @param reads sources, inlined views and buffers
 * @param settings further {@code SET LOCAL} statements of this transaction
 */
public record LockPlan(
    Duration timeout,
    List<QualifiedName> guards,
    List<QualifiedName> reads,
    List<String> settings) {}
