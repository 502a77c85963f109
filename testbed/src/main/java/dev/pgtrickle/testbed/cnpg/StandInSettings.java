package dev.pgtrickle.testbed.cnpg;

import dev.pgtrickle.testbed.postgres.PostgresVersion;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How the stand-in runs its clusters.
 *
 * @param version of clusters whose imageName names none, as {@code postgresql:17} does
 * @param pace at which timelines are played; a Cluster is always created briskly
 * @param postgres settings of the servers beside CloudNativePG's own
 * @param progress receives a line before each step that takes a while
 */
public record StandInSettings(
    PostgresVersion version, Pace pace, Map<String, String> postgres, Consumer<String> progress) {
  /** What CloudNativePG sets by default, as far as it can matter to a client. */
  private static final Map<String, String> CLOUD_NATIVE_PG =
      Map.ofEntries(
          Map.entry("archive_command", "true"),
          Map.entry("archive_mode", "on"),
          Map.entry("archive_timeout", "5min"),
          Map.entry("max_parallel_workers", "32"),
          Map.entry("max_replication_slots", "32"),
          Map.entry("max_worker_processes", "32"),
          Map.entry("ssl", "on"),
          Map.entry("ssl_max_protocol_version", "TLSv1.3"),
          Map.entry("ssl_min_protocol_version", "TLSv1.3"),
          Map.entry("wal_keep_size", "512MB"),
          Map.entry("wal_level", "logical"),
          Map.entry("wal_log_hints", "on"),
          Map.entry("wal_receiver_timeout", "5s"),
          Map.entry("wal_sender_timeout", "5s"));

  public StandInSettings {
    postgres = Map.copyOf(postgres);
  }

  /** Timelines as they were recorded, nothing else. */
  public static StandInSettings of(PostgresVersion version) {
    return new StandInSettings(version, Pace.AS_RECORDED, Map.of(), message -> {});
  }

  /** The same at another pace. */
  public StandInSettings at(Pace other) {
    return new StandInSettings(version, other, postgres, progress);
  }

  /** The same with one setting of PostgreSQL more. */
  public StandInSettings with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(postgres);
    more.put(name, value);
    return new StandInSettings(version, pace, more, progress);
  }

  /** The same with another listener. */
  public StandInSettings tellingProgressTo(Consumer<String> listener) {
    return new StandInSettings(version, pace, postgres, listener);
  }

  Map<String, String> serverSettings() {
    Map<String, String> all = new LinkedHashMap<>(CLOUD_NATIVE_PG);
    // Nothing here has to outlive a power cut.
    all.put("fsync", "off");
    all.put("ssl_cert_file", Instances.CERTIFICATE_FILE);
    all.put("ssl_key_file", Instances.KEY_FILE);
    all.putAll(postgres);
    return all;
  }
}
