package dev.pgtrickle.testbed.postgres;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The settings with which a shared test server runs; equal variants share a server. Few variants
 * keep the tests quick.
 */
public record ServerVariant(Map<String, String> settings) {
  /** What tests use: all features on, and quick, since no test data has to outlive a power cut. */
  public static final ServerVariant STANDARD =
      new ServerVariant(
          Map.of(
              "fsync", "off",
              "wal_level", "logical",
              "max_prepared_transactions", "20",
              "max_connections", "200",
              "shared_buffers", "128MB",
              "max_wal_size", "256MB",
              "log_min_messages", "warning"));

  /** As a default PostgreSQL: prepared transactions are refused. */
  public static final ServerVariant WITHOUT_PREPARED_TRANSACTIONS =
      STANDARD.with("max_prepared_transactions", "0");

  public ServerVariant {
    settings = Map.copyOf(settings);
  }

  /** This variant with one setting more, or another value for it. */
  public ServerVariant with(String name, String value) {
    Map<String, String> changed = new LinkedHashMap<>(settings);
    changed.put(name, value);
    return new ServerVariant(changed);
  }
}
