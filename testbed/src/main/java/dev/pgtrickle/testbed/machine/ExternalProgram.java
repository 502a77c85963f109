package dev.pgtrickle.testbed.machine;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs a short-lived program to its end. */
public final class ExternalProgram {
  /** What a program printed, on both channels, and how it ended. */
  public record Outcome(int exitCode, String output) {
    public boolean succeeded() {
      return exitCode == 0;
    }
  }

  private ExternalProgram() {}

  /** Runs a program that reads nothing. */
  public static Outcome run(List<String> command) {
    return run(command, "");
  }

  /** Runs a program that reads this text. */
  public static Outcome run(List<String> command, String input) {
    try {
      Process process =
          new ProcessBuilder(command)
              // Readable by the account that the program may switch to, unlike where we were
              // started.
              .directory(new java.io.File("/"))
              .redirectErrorStream(true)
              .start();
      try (Writer writer = process.outputWriter(StandardCharsets.UTF_8)) {
        writer.write(input);
      } catch (IOException e) {
        // It ended without reading; what it printed and returned says why.
      }
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
  public static boolean works(List<String> command) {
    return run(command).succeeded();
  }
}
