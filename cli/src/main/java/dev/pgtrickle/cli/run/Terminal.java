package dev.pgtrickle.cli.run;

import java.io.Console;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/** Where a long-running command writes, from any thread. */
public final class Terminal {
  private final PrintWriter out;
  private final PrintWriter err;
  private final Screen screen;
  private int linesToOverwrite;

  /** Whether a person looks at it or a file is filled. */
  public enum Screen {
    INTERACTIVE,
    PLAIN
  }

  public Terminal(PrintWriter out, PrintWriter err, Screen screen) {
    this.out = out;
    this.err = err;
    this.screen = screen;
  }

  /** Finds out what standard output is. */
  public static Terminal detect(PrintWriter out, PrintWriter err) {
    boolean interactive =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    return new Terminal(out, err, interactive ? Screen.INTERACTIVE : Screen.PLAIN);
  }

  /** The same, but everything that is said goes where complaints go. */
  public Terminal onStandardError() {
    return new Terminal(err, err, Screen.PLAIN);
  }

  public PrintWriter out() {
    return out;
  }

  public Screen screen() {
    return screen;
  }

  /** A line that stays. */
  public synchronized void say(String line) {
    out.println(line);
    out.flush();
    linesToOverwrite = 0;
  }

  /** A line about something that went wrong. */
  public synchronized void complain(String line) {
    err.println(line);
    err.flush();
    linesToOverwrite = 0;
  }

  /** Lines over those of the last call, or below what was said since. */
  public synchronized void overwrite(List<String> lines) {
    if (linesToOverwrite > 0) {
      // ANSI: to the first column N lines up, and erase from there to the end.
      out.printf("\033[%dF\033[J", linesToOverwrite);
    }
    lines.forEach(out::println);
    out.flush();
    linesToOverwrite = lines.size();
  }
}
