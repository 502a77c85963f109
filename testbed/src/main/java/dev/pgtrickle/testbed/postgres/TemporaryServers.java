package dev.pgtrickle.testbed.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The temporary directories of all servers of this user, those of dead processes included. */
record TemporaryServers(CacheDirectory cache) {
  private static final String MARK = ".owner";

  /**
   * Tells the directories of this JVM from those of others. Not the process id: in containers that
   * share a cache, every process has the same.
   */
  private static final String THIS_JVM = UUID.randomUUID().toString();

  ServerDirectory.Temporary create() {
    Path servers = CacheDirectory.makeEnterable(cache.root().resolve("servers"));
    try (ProcessLock _ = cache.lock()) {
      removeLeftovers(servers);
      String name = THIS_JVM + "-" + UUID.randomUUID().toString().substring(0, 8);
      OwnerMark owner = OwnerMark.tryTake(servers.resolve(name + MARK));
      if (owner == null) {
        throw new TestbedException("Another process took the fresh directory " + name);
      }
      return new ServerDirectory.Temporary(
          CacheDirectory.makeEnterable(servers.resolve(name)), owner);
    }
  }

  private static void removeLeftovers(Path servers) {
    for (Path mark : marksOfOthers(servers)) {
      OwnerMark taken = OwnerMark.tryTake(mark);
      if (taken != null) {
        remove(mark, taken);
      }
    }
  }

  private static void remove(Path mark, OwnerMark taken) {
    String fileName = mark.getFileName().toString();
    Path directory = mark.resolveSibling(fileName.substring(0, fileName.length() - MARK.length()));
    if (Files.exists(directory)) {
      ProcessHandle orphan = postmaster(directory.resolve("data"));
      if (orphan != null) {
        ProcessTree.kill(orphan);
      }
      new DirectoryTree(directory).delete();
    }
    taken.release();
  }

  /**
   * Marks of this JVM are not even opened: closing a file drops the locks that the JVM has on it.
   */
  private static List<Path> marksOfOthers(Path servers) {
    try (Stream<Path> files = Files.list(servers)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(MARK))
          .filter(file -> !file.getFileName().toString().startsWith(THIS_JVM))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The server that still runs on a data directory, if any; a process id may have been reused. */
  private static @Nullable ProcessHandle postmaster(Path data) {
    try {
      Path file = data.resolve("postmaster.pid");
      if (!Files.exists(file)) {
        return null;
      }
      long id = Long.parseLong(Files.readAllLines(file).getFirst().strip());
      return ProcessHandle.of(id)
          .filter(process -> arguments(process).contains(data.toString()))
          .orElse(null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> arguments(ProcessHandle process) {
    return process.info().arguments().map(List::of).orElse(List.of());
  }
}
