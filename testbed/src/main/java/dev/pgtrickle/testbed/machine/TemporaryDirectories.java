package dev.pgtrickle.testbed.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The temporary directories of all servers of one kind of this user, those of dead processes
 * included: what these left is removed when the next directory is made.
 *
 * @param name of the directory that holds them
 * @param orphans finds the processes that may still run on a directory whose owner is dead
 */
public record TemporaryDirectories(
    CacheDirectory cache, String name, Function<Path, List<ProcessHandle>> orphans) {
  private static final String MARK = ".owner";

  /**
   * Tells the directories of this JVM from those of others. Not the process id: in containers that
   * share a cache, every process has the same.
   */
  private static final String THIS_JVM = UUID.randomUUID().toString();

  /** Makes a fresh, empty directory, which belongs to this JVM. */
  public TemporaryDirectory create() {
    Path parent = parent();
    try (ProcessLock _ = cache.lock(name)) {
      removeLeftovers(parent);
      String own = THIS_JVM + "-" + UUID.randomUUID().toString().substring(0, 8);
      OwnerMark owner = OwnerMark.tryTake(parent.resolve(own + MARK));
      if (owner == null) {
        throw new TestbedException("Another process took the fresh directory " + own);
      }
      return new TemporaryDirectory(CacheDirectory.makeEnterable(parent.resolve(own)), owner);
    }
  }

  /** Removes what dead processes left, without making anything new. */
  public void removeLeftovers() {
    Path parent = parent();
    try (ProcessLock _ = cache.lock(name)) {
      removeLeftovers(parent);
    }
  }

  private Path parent() {
    return CacheDirectory.makeEnterable(cache.root().resolve(name));
  }

  private void removeLeftovers(Path servers) {
    for (Path mark : marksOfOthers(servers)) {
      OwnerMark taken = OwnerMark.tryTake(mark);
      if (taken != null) {
        remove(mark, taken);
      }
    }
  }

  private void remove(Path mark, OwnerMark taken) {
    String fileName = mark.getFileName().toString();
    Path directory = mark.resolveSibling(fileName.substring(0, fileName.length() - MARK.length()));
    if (Files.exists(directory)) {
      orphans.apply(directory).forEach(ProcessTree::kill);
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
}
