package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.source.WakeUp;
import java.time.Instant;

/**
 * How a source is to be captured.
 *
 * @param wake with several consumers of a source POLL wins, since it disturbs no writer
 * @param leaseUntil when capture stops recording if nobody renews it (P18)
 */
public record CaptureOptions(WakeUp wake, Instant leaseUntil) {}
