package dev.pgtrickle.engine.refresh.model;

import java.util.Optional;

/** What one refresh of the upstream leaves for those that read it. */
record LogEntry(int epoch, int number, Content from, Content to) {
  /** The entry of a refresh, when it has one: a new epoch has none. */
  static Optional<LogEntry> between(Upstream before, Upstream after) {
    return after.epoch() == before.epoch() && after.number() == before.number() + 1
        ? Optional.of(
            new LogEntry(after.epoch(), after.number(), before.content(), after.content()))
        : Optional.empty();
  }
}
