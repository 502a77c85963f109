package dev.pgtrickle.testbed.cases;

import java.util.List;
import java.util.function.Predicate;

/**
 * Statements in order.
 *
 * @param parts what stands between the lines {@code -- refresh}; one part when there is none
 */
public record CaseScript(List<List<CaseStatement>> parts) {
  public CaseScript {
    parts = parts.stream().map(List::copyOf).toList();
  }

  /** Nothing at all. */
  public static CaseScript empty() {
    return new CaseScript(List.of(List.of()));
  }

  /** All of them, whatever separates them. */
  public List<CaseStatement> statements() {
    return parts.stream().flatMap(List::stream).toList();
  }

  /** What happens between two refreshes: the parts, and without a separator each statement. */
  public List<List<CaseStatement>> batches() {
    return parts.size() > 1
        ? parts.stream().filter(part -> !part.isEmpty()).toList()
        : statements().stream().map(List::of).toList();
  }

  /** Those that are wanted, separated as before. */
  public CaseScript only(Predicate<CaseStatement> wanted) {
    return new CaseScript(
        parts.stream().map(part -> part.stream().filter(wanted).toList()).toList());
  }
}
