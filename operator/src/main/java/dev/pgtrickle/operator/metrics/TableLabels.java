package dev.pgtrickle.operator.metrics;

import io.micrometer.core.instrument.Tags;

/** By what the figures of a table are told apart. */
public record TableLabels(String namespace, String name, String server, String database) {

  Tags tags() {
    return Tags.of("namespace", namespace, "name", name, "server", server, "database", database);
  }
}
