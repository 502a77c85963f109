package dev.pgtrickle.cli.bench.writer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How long a server process has been on a processor: from the scheduler's own account, in
 * nanoseconds. (utime and stime of /proc/PID/stat tick in hundredths of a second.)
 */
final class BackendClock {
  private final Path account;

  BackendClock(long processId) {
    this.account = Path.of("/proc", Long.toString(processId), "schedstat");
  }

  /** Whether this machine tells. */
  boolean isReadable() {
    return Files.isReadable(account);
  }

  long nanos() {
    try {
      String line = Files.readString(account);
      return Long.parseLong(line.substring(0, line.indexOf(' ')));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
