package dev.pgtrickle.engine.refresh.model;

import java.util.Optional;

/** The captured changes of one transaction that wrote the upstream. */
record LogEntry(int storage, int number, Content from, Content to) {
  /** The entry of a refresh, when it has one: a new storage has none. */
  static Optional<LogEntry> between(Upstream before, Upstream after) {
    return after.storage() == before.storage() && after.number() == before.number() + 1
        ? Optional.of(
            new LogEntry(after.storage(), after.number(), before.content(), after.content()))
        : Optional.empty();
  }
}
