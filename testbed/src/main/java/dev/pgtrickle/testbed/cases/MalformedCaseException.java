package dev.pgtrickle.testbed.cases;

import java.nio.file.Path;

/** A file that is no case file; the message begins with {@code file:line:}. */
public final class MalformedCaseException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;

  public MalformedCaseException(Path file, int line, String what) {
    super("%s:%d: %s".formatted(file, line, what));
    this.line = line;
  }

  /** The line that is at fault. */
  public int line() {
    return line;
  }
}
