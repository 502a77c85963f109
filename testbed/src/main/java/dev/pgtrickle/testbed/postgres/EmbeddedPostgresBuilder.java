package dev.pgtrickle.testbed.postgres;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Says what server is wanted, then starts it. */
public final class EmbeddedPostgresBuilder {
  private final PostgresVersion version;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private @Nullable Path dataDirectory;
  private OptionalInt port = OptionalInt.empty();
  private Consumer<String> progress = message -> {};

  EmbeddedPostgresBuilder(PostgresVersion version) {
    this.version = version;
  }

  /** A setting such as {@code wal_level}, which wins over postgresql.conf and ALTER SYSTEM. */
  public EmbeddedPostgresBuilder setting(String name, String value) {
    settings.put(name, value);
    return this;
  }

  /** Several settings. */
  public EmbeddedPostgresBuilder settings(Map<String, String> values) {
    settings.putAll(values);
    return this;
  }

  /**
   * Keeps the data there, where an earlier server may have left some; otherwise it is temporary.
   */
  public EmbeddedPostgresBuilder dataDirectory(Path directory) {
    this.dataDirectory = directory;
    return this;
  }

  /** Listens on this port; otherwise on a free one. */
  public EmbeddedPostgresBuilder port(int number) {
    this.port = OptionalInt.of(number);
    return this;
  }

  /** Receives a line before each step that takes a while. */
  public EmbeddedPostgresBuilder progress(Consumer<String> consumer) {
    this.progress = consumer;
    return this;
  }

  /** Prepares the data directory and starts the server on it. */
  public EmbeddedPostgres start() {
    ServerAccount account = ServerAccount.detect();
    CacheDirectory cache = CacheDirectory.of(account);
    PostgresBinaries binaries = PostgresBinaries.of(version, cache, progress);
    DataDirectories directories =
        new DataDirectories(
            version,
            account,
            cache,
            () -> TemplateDirectory.of(version, binaries, account, cache, progress));
    ServerDirectory directory =
        dataDirectory == null ? directories.temporary() : directories.kept(dataDirectory);
    ServerLauncher launcher =
        new ServerLauncher(binaries, account, directory, Map.copyOf(settings));
    EmbeddedPostgres server = new EmbeddedPostgres(version, directory, launcher, port);
    server.startFirstTime();
    return server;
  }
}
