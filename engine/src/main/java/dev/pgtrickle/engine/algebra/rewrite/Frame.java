package dev.pgtrickle.engine.algebra.rewrite;

import dev.pgtrickle.engine.algebra.Window;
import java.util.Locale;

/** How the frame of a window function is told from the words of the query. */
final class Frame {
  private final String words;

  private Frame(String words) {
    this.words = words;
  }

  static Frame of(Window.Call call) {
    return new Frame(
        call.frame()
            .map(frame -> frame.render(id -> "", plan -> ""))
            .orElse("")
            .toUpperCase(Locale.ROOT));
  }

  /** From the first row to the last one that ties with the current one. */
  boolean isDefault() {
    return words.isEmpty();
  }

  /** Bounded by numbers of rows: which of several that tie are in it depends on their order. */
  boolean byRows() {
    return words.startsWith("ROWS");
  }

  /** Whether rows that tie with the current one are treated in another way than the others. */
  boolean minds() {
    return words.contains("EXCLUDE GROUP") || words.contains("EXCLUDE TIES");
  }

  boolean excludes() {
    return minds() || words.contains("EXCLUDE CURRENT ROW");
  }

  boolean fromStart() {
    return isDefault() || words.matches("(?s)(ROWS|RANGE|GROUPS) (BETWEEN )?UNBOUNDED PRECEDING.*");
  }
}
