package dev.pgtrickle.cli.run;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Optional;

/**
 * Where a long-running command writes.
 *
 * @param screen whether what was written can be written over
 */
public record Terminal(PrintWriter out, PrintWriter err, Screen screen) {

  /** Whether a person looks at it or a file is filled. */
  public enum Screen {
    INTERACTIVE,
    PLAIN
  }

  /** Finds out what standard output is. */
  public static Terminal detect(PrintWriter out, PrintWriter err) {
    boolean interactive =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    return new Terminal(out, err, interactive ? Screen.INTERACTIVE : Screen.PLAIN);
  }

  /** A line that stays. */
  public void say(String line) {
    out.println(line);
    out.flush();
  }

  /** A line about something that went wrong. */
  public void complain(String line) {
    err.println(line);
    err.flush();
  }
}
