package dev.pgtrickle.binding.problem;

import dev.pgtrickle.engine.error.TextPosition;

/**
 * A place in a file, shown as {@code file:line:column} so that editors and terminals can open it.
 */
public record Place(String file, TextPosition position) {

  @Override
  public String toString() {
    return file + ":" + position.line() + ":" + position.column();
  }
}
