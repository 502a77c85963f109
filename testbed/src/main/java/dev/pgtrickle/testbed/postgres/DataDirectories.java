package dev.pgtrickle.testbed.postgres;

import dev.pgtrickle.testbed.machine.DirectoryTree;
import dev.pgtrickle.testbed.machine.TemporaryDirectory;
import dev.pgtrickle.testbed.machine.TestbedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Makes data directories, by a copy of the template, that the server's account owns. */
record DataDirectories(
    PostgresVersion version,
    ServerAccount account,
    Supplier<TemporaryDirectory> temporaries,
    Supplier<TemplateDirectory> template) {

  ServerDirectory temporary() {
    return temporary(data -> new DirectoryTree(template.get().data()).copyTo(data));
  }

  /** By a filler that is given a data directory which does not exist yet. */
  ServerDirectory temporary(Consumer<Path> filler) {
    ServerDirectory.Temporary directory = new ServerDirectory.Temporary(temporaries.get());
    try {
      filler.accept(directory.data());
      return directory;
    } catch (RuntimeException e) {
      directory.discard();
      throw e;
    }
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
