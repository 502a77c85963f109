package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.definition.AllTablesPublication;
import dev.pgtrickle.engine.definition.Buffers;
import dev.pgtrickle.engine.source.WakeUp;
import java.time.Instant;

/**
 * How a source is to be captured.
 *
 * @param wake with several consumers of a source POLL wins, since it disturbs no writer
 * @param leaseUntil when capture stops recording if nobody renews it (P18)
 * @param buffers whether the buffers survive a crash
 * @param publication whether it goes on where our tables would be published (P20)
 */
public record CaptureOptions(
    WakeUp wake, Instant leaseUntil, Buffers buffers, AllTablesPublication publication) {

  /** With buffers that survive a crash and are nowhere published. */
  public CaptureOptions(WakeUp wake, Instant leaseUntil) {
    this(wake, leaseUntil, Buffers.LOGGED, AllTablesPublication.REFUSED);
  }

  CaptureOptions with(Buffers other) {
    return new CaptureOptions(wake, leaseUntil, other, publication);
  }
}
