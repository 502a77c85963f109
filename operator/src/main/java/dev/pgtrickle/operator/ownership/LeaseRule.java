package dev.pgtrickle.operator.ownership;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Decides who may work in a database, from its Lease and what was seen of it before. */
public final class LeaseRule {
  private final String self;
  private final Duration length;

  public LeaseRule(String self, Duration length) {
    this.self = self;
    this.length = length;
  }

  /** What to do about the Lease. */
  public sealed interface Step {
    /** There is none: make it ours. */
    record Create() implements Step {}

    /** It is ours: say that we live. */
    record Renew(LeaseRecord present) implements Step {}

    /** Its holder gave it up or has not renewed it for its whole length. */
    record TakeOver(LeaseRecord present) implements Step {}

    /** Somebody else works there. */
    record Leave(String holder, Instant until) implements Step {}
  }

  /** The step, and what to remember. */
  public record Decided(Step step, LeaseMemory memory) {}

  public Decided decide(Optional<LeaseRecord> present, LeaseMemory before, Instant now) {
    LeaseMemory memory = present.equals(before.record()) ? before : new LeaseMemory(present, now);
    if (present.isEmpty()) {
      return new Decided(new Step.Create(), memory);
    }
    LeaseRecord lease = present.get();
    if (lease.holder().equals(self)) {
      return new Decided(new Step.Renew(lease), memory);
    }
    Instant until = memory.seenAt().plus(length);
    return lease.holder().isEmpty() || !until.isAfter(now)
        ? new Decided(new Step.TakeOver(lease), memory)
        : new Decided(new Step.Leave(lease.holder(), until), memory);
  }
}
