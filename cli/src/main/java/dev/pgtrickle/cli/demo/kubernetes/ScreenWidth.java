package dev.pgtrickle.cli.demo.kubernetes;

import dev.pgtrickle.testbed.machine.ExternalProgram;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many columns the screen has now: a line that wraps could not be written over. */
@FunctionalInterface
interface ScreenWidth {
  int UNKNOWN = 80;

  int columns();

  /** Asks the terminal each time, since windows are resized. */
  static ScreenWidth ofTerminal() {
    Pattern rowsAndColumns = Pattern.compile("\\d+ ([1-9]\\d*)");
    return () -> {
      Matcher size =
          rowsAndColumns.matcher(
              ExternalProgram.run(List.of("sh", "-c", "stty size </dev/tty")).output());
      return size.matches() ? Integer.parseInt(size.group(1)) : UNKNOWN;
    };
  }
}
