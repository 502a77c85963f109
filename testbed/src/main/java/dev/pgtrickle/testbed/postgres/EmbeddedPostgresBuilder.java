package dev.pgtrickle.testbed.postgres;

import dev.pgtrickle.testbed.machine.CacheDirectory;
import dev.pgtrickle.testbed.machine.MemoryDirectory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Says what server is wanted, then starts it. One with {@code fsync = off} would not survive a
 * power cut anyway: its temporary data is in memory, where there is room.
 */
public final class EmbeddedPostgresBuilder {
  private final PostgresVersion version;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final Map<String, String> files = new LinkedHashMap<>();
  private @Nullable Path dataDirectory;
  private @Nullable EmbeddedPostgres primary;
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

  /** Starts with a copy of the data of a running server of the same version, and follows it. */
  public EmbeddedPostgresBuilder standbyOf(EmbeddedPostgres server) {
    this.primary = server;
    return this;
  }

  /**
   * A file of the data directory, such as {@code pg_hba.conf} or a key, that only the server may
   * read. The testbed itself connects as {@code postgres} from 127.0.0.1 without TLS or password.
   */
  public EmbeddedPostgresBuilder file(String name, String content) {
    files.put(name, content);
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
    CacheDirectory cache = CacheDirectory.enterableBy(account::canEnter);
    PostgresBinaries binaries = PostgresBinaries.of(version, cache, progress);
    ServerStorage storage = new ServerStorage(cache, MemoryDirectory.ofThisUser());
    DataDirectories directories =
        new DataDirectories(
            version,
            account,
            () -> storage.create(durability()),
            () -> TemplateDirectory.of(version, binaries, account, cache, progress));
    ServerDirectory directory = prepare(directories, account);
    ServerLauncher launcher =
        new ServerLauncher(binaries, account, directory, Map.copyOf(settings));
    EmbeddedPostgres server = new EmbeddedPostgres(version, directory, launcher, port);
    server.startFirstTime();
    return server;
  }

  private ServerStorage.Durability durability() {
    return "off".equals(settings.get("fsync"))
        ? ServerStorage.Durability.PASSING
        : ServerStorage.Durability.LASTING;
  }

  private ServerDirectory prepare(DataDirectories directories, ServerAccount account) {
    ServerDirectory directory;
    if (dataDirectory != null) {
      directory = directories.kept(dataDirectory);
    } else if (primary != null) {
      EmbeddedPostgres source = primary;
      directory = directories.temporary(data -> new BaseCopy(source).writeTo(data, account));
    } else {
      directory = directories.temporary();
    }
    ServerFiles serverFiles = new ServerFiles(directory.data(), account);
    files.forEach(serverFiles::write);
    if (primary != null) {
      serverFiles.followPrimary(primary.port());
    }
    return directory;
  }
}
