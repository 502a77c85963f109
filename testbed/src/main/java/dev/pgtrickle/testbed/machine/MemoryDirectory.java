package dev.pgtrickle.testbed.machine;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A directory in the machine's memory, for what need not outlive a power cut. A test server makes
 * and removes files by the hundred, which some file systems take ten times as long for.
 *
 * @param directory in a file system that has no disk
 * @param free bytes of memory that may still be taken
 */
public record MemoryDirectory(CacheDirectory directory, LongSupplier free) {
  /** Below this, nothing new is put into memory: what is there already may grow. */
  static final long ROOM = 4L << 30;

  private static final Path SHARED_MEMORY = Path.of("/dev/shm");
  private static final Path MEMORY_FIGURES = Path.of("/proc/meminfo");

  /**
   * This user's, where the machine has a file system in memory of more than a container's few MB.
   */
  public static Optional<MemoryDirectory> ofThisUser() {
    try {
      if (!Files.isWritable(SHARED_MEMORY)
          || !Files.getFileStore(SHARED_MEMORY).type().equals("tmpfs")
          || Files.getFileStore(SHARED_MEMORY).getTotalSpace() < ROOM) {
        return Optional.empty();
      }
      return Optional.of(
          new MemoryDirectory(
              CacheDirectory.ofThisUserIn(SHARED_MEMORY), MemoryDirectory::freeMemory));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether something more may be put here. */
  public boolean hasRoom() {
    try {
      long space = Files.getFileStore(directory.root()).getUsableSpace();
      return Math.min(space, free.getAsLong()) >= ROOM;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What the kernel could hand out; in a container with a bound of its own, what is left of that.
   */
  private static long freeMemory() {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        && system.getTotalMemorySize() < figure("MemTotal")) {
      return system.getFreeMemorySize();
    }
    return figure("MemAvailable");
  }

  private static long figure(String name) {
    try {
      return Files.readAllLines(MEMORY_FIGURES).stream()
          .filter(line -> line.startsWith(name + ":"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
