package dev.pgtrickle.e2e.operator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What a process has used, from the kernel's accounts. */
record ProcessFigures(Duration processor, long residentMegabytes) {
  private static final int TICKS_A_SECOND = 100;

  /** Of one process alone. */
  static ProcessFigures of(long pid) {
    return new ProcessFigures(processor(pid, 13, 14), resident(pid));
  }

  /** Of a process, the children it has, and those it had. */
  static Duration withChildren(long pid) {
    Duration all = processor(pid, 13, 14, 15, 16);
    for (ProcessHandle child : ProcessHandle.of(pid).orElseThrow().children().toList()) {
      all = all.plus(processor(child.pid(), 13, 14));
    }
    return all;
  }

  /** Fields of proc(5)'s stat, counted from 0, in ticks; a process that is gone has none. */
  private static Duration processor(long pid, int... fields) {
    try {
      String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
      // The name may have blanks in it, and ends with the last parenthesis.
      List<String> words = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
      long ticks = 0;
      for (int field : fields) {
        ticks += Long.parseLong(words.get(field - 2));
      }
      return Duration.ofMillis(ticks * 1000 / TICKS_A_SECOND);
    } catch (IOException gone) {
      return Duration.ZERO;
    }
  }

  private static long resident(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
