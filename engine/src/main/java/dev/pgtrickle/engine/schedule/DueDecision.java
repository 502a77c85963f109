package dev.pgtrickle.engine.schedule;

import java.time.Instant;

/** Whether a table is due now, and if not, when to look again. */
public sealed interface DueDecision {

  /** Refresh it. */
  record Due() implements DueDecision {}

  /** Not before that time, unless something happens. */
  record NotBefore(Instant time) implements DueDecision {}

  /** Only when a source changes or somebody asks. */
  record OnEvent() implements DueDecision {}
}
