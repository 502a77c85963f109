package dev.pgtrickle.cli.stress;

import dev.pgtrickle.testbed.postgres.PostgresVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The file that a long stress leaves, and the mark of the versions that are done. */
final class StressReport {
  private static final Path FILE = Path.of("target", "stress-report.txt");

  private final PostgresVersion version;

  StressReport(PostgresVersion version) {
    this.version = version;
  }

  boolean hasPassed() {
    return Files.exists(mark());
  }

  void passed() throws IOException {
    Files.createFile(mark());
  }

  /** Adds a result to the file. */
  void write(StressResult result) throws IOException {
    Files.writeString(
        FILE, result.describe(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private Path mark() {
    return Path.of("target", "stress-passed-" + version.major());
  }
}
