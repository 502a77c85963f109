package dev.pgtrickle.engine.sql.oracle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How far a long run of seeds came: a run that was stopped goes on where it was. A run that found
 * something begins with the same batch again.
 */
final class LongRun {
  private final String name;
  private final Path file;
  private final long first;
  private final long end;

  private LongRun(String name, Path file, long first, long end) {
    this.name = name;
    this.file = file;
    this.first = first;
    this.end = end;
  }

  static LongRun of(String name, long first, int count) {
    return new LongRun(name, Path.of("target", name + "-" + first), first, first + count);
  }

  long next() {
    try {
      long reached = Files.exists(file) ? Long.parseLong(Files.readString(file).strip()) : first;
      return reached >= first && reached <= end ? reached : first;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  long end() {
    return end;
  }

  void reached(long next) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, Long.toString(next));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    System.out.printf("%s: %d of %d%n", name, next - first, end - first);
  }

  void finished() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
