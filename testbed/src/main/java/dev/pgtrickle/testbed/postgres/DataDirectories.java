package dev.pgtrickle.testbed.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Makes data directories, by a copy of the template, that the server's account owns. */
record DataDirectories(
    PostgresVersion version,
    ServerAccount account,
    CacheDirectory cache,
    Supplier<TemplateDirectory> template) {

  ServerDirectory temporary() {
    // The template first: making it takes the lock that making the directory takes.
    DirectoryTree source = new DirectoryTree(template.get().data());
    ServerDirectory.Temporary directory = new TemporaryServers(cache).create();
    source.copyTo(directory.data());
    return directory;
  }

  ServerDirectory kept(Path given) {
    try {
      Path data = Files.createDirectories(given.toAbsolutePath()).toRealPath();
      if (Files.exists(data.resolve("PG_VERSION"))) {
        requireSameMajor(data);
      } else {
        requireEmpty(data);
        fill(data);
      }
      if (!account.canEnter(data)) {
        throw new TestbedException(
            "PostgreSQL may not run as root, and the account it runs under cannot enter "
                + data
                + ": choose a data directory outside of root's home.");
      }
      return new ServerDirectory.Kept(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** By a rename: a run that is killed while it copies must not leave half a data directory. */
  private void fill(Path data) throws IOException {
    DirectoryTree unfinished =
        new DirectoryTree(data.resolveSibling(data.getFileName() + ".unfinished"));
    unfinished.delete();
    new DirectoryTree(template.get().data()).copyTo(unfinished.root());
    Files.move(unfinished.root(), data, StandardCopyOption.ATOMIC_MOVE);
  }

  private void requireSameMajor(Path data) throws IOException {
    String major = Files.readString(data.resolve("PG_VERSION")).strip();
    if (!major.equals(String.valueOf(version.major()))) {
      throw new TestbedException(
          "%s holds data of PostgreSQL %s, not %d.".formatted(data, major, version.major()));
    }
  }

  private static void requireEmpty(Path data) throws IOException {
    try (Stream<Path> content = Files.list(data)) {
      if (content.findAny().isPresent()) {
        throw new TestbedException(data + " is neither empty nor a PostgreSQL data directory.");
      }
    }
  }
}
