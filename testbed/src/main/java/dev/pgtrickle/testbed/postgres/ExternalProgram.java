package dev.pgtrickle.testbed.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs a short-lived program to its end. */
final class ExternalProgram {
  /** What a program printed, on both channels, and how it ended. */
  record Outcome(int exitCode, String output) {
    boolean succeeded() {
      return exitCode == 0;
    }
  }

  private ExternalProgram() {}

  static Outcome run(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              // Readable by the account that the program may switch to, unlike where we were
              // started.
              .directory(new java.io.File("/"))
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return new Outcome(process.waitFor(), output);
    } catch (IOException e) {
      return new Outcome(127, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TestbedException("Interrupted while running " + command.getFirst(), e);
    }
  }

  /** Whether the program exists and ends well with these arguments. */
  static boolean works(List<String> command) {
    return run(command).succeeded();
  }
}
