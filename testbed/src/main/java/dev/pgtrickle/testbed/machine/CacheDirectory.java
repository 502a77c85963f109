package dev.pgtrickle.testbed.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Where this user's programs, templates and temporary servers are. */
public record CacheDirectory(Path root) {
  /**
   * Root's home is often closed to others, but the account that root steps down to has to get in.
   */
  private static final Path OUTSIDE_HOME = Path.of("/var/tmp");

  private static final Set<PosixFilePermission> ENTERABLE =
      PosixFilePermissions.fromString("rwxr-xr-x");

  /** The per-user cache, for programs that run under this account. */
  public static CacheDirectory ofThisUser() {
    return enterableBy(home -> true);
  }

  /**
   * The per-user cache, or when the account that a server runs under cannot enter that, a directory
   * beside.
   */
  public static CacheDirectory enterableBy(Predicate<Path> account) {
    try {
      Path home = Files.createDirectories(inHome());
      return account.test(home) ? new CacheDirectory(home) : ofThisUserIn(OUTSIDE_HOME);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The jars with the binaries, which the build of this module copies there. */
  public static Path jars() {
    return inHome().resolve("postgres-jars");
  }

  private static Path inHome() {
    return Path.of(System.getProperty("user.home"), ".cache", "pgtrickle");
  }

  /** This user's own in a directory in which anyone may make some. */
  static CacheDirectory ofThisUserIn(Path parent) throws IOException {
    Object user = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    Path directory = parent.resolve("pgtrickle-" + user);
    try {
      Files.createDirectory(directory);
      Files.setPosixFilePermissions(directory, ENTERABLE);
    } catch (FileAlreadyExistsException e) {
      // Anyone may create names there, and we run programs from it: it has to be ours alone.
      boolean ours =
          Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
              && Files.getAttribute(directory, "unix:uid").equals(user)
              && Files.getPosixFilePermissions(directory).equals(ENTERABLE);
      if (!ours) {
        throw new TestbedException(directory + " is not a directory of our own: remove it.", e);
      }
    }
    return new CacheDirectory(directory);
  }

  /** Waits for the other threads and processes that use what has this name. */
  public ProcessLock lock(String name) {
    return ProcessLock.acquire(root.resolve(name + ".lock"));
  }

  /** Makes a directory when it is absent, open to the server's account whatever our umask is. */
  public static Path makeEnterable(Path directory) {
    try {
      Files.createDirectories(directory);
      return Files.setPosixFilePermissions(directory, ENTERABLE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A directory that is complete or absent: the filler fills a temporary one, which gets the name
   * by one rename. What a killed process left half-filled is thrown away.
   */
  public Path filledOnce(String name, Consumer<Path> filler) {
    Path target = root.resolve(name);
    if (Files.isDirectory(target)) {
      return target;
    }
    try (ProcessLock _ = lock(name)) {
      if (Files.isDirectory(target)) {
        return target;
      }
      Path unfinished = target.resolveSibling(target.getFileName() + ".unfinished");
      if (Files.exists(unfinished)) {
        new DirectoryTree(unfinished).delete();
      }
      makeEnterable(unfinished);
      filler.accept(unfinished);
      return Files.move(unfinished, target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
