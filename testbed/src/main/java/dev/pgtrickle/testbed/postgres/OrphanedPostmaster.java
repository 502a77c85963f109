package dev.pgtrickle.testbed.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Finds the server that still runs on a data directory; a process id may have been reused. */
final class OrphanedPostmaster {
  private OrphanedPostmaster() {}

  static List<ProcessHandle> find(Path serverDirectory) {
    Path data = serverDirectory.resolve("data");
    try {
      Path file = data.resolve("postmaster.pid");
      if (!Files.exists(file)) {
        return List.of();
      }
      long id = Long.parseLong(Files.readAllLines(file).getFirst().strip());
      return ProcessHandle.of(id)
          .filter(process -> arguments(process).contains(data.toString()))
          .stream()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> arguments(ProcessHandle process) {
    return process.info().arguments().map(List::of).orElse(List.of());
  }
}
