package dev.pgtrickle.cli.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Results for people. */
public final class ReplayText {
  private ReplayText() {}

  /** A case: its plan, what became of it, and every difference. */
  public static List<String> ofCase(List<CaseResult> results) {
    CaseResult first = results.getFirst();
    List<String> lines = new ArrayList<>();
    lines.add("%s: %s; %s".formatted(first.caseName(), plan(first), outcomes(results)));
    for (CaseResult result : results) {
      if (result.outcome() == Outcome.DIFFERENT) {
        lines.add(
            "  DIFFERENT %s, %s: %s".formatted(result.order(), result.mode(), result.detail()));
      }
    }
    return lines;
  }

  /** The end: what was refused, what nobody can compare, and how many passed. */
  public static List<String> summary(List<CaseResult> results) {
    List<String> lines = new ArrayList<>();
    addListed(lines, results, Outcome.REFUSED, "refused");
    addListed(lines, results, Outcome.NOT_COMPARABLE, "not comparable");
    lines.add(
        "%d cases: %d by their changes, %d by full refreshes, %d refused"
            .formatted(
                cases(results).size(),
                planned(results, "differential"),
                planned(results, "full"),
                planned(results, "none")));
    lines.add("%d runs: %s".formatted(results.size(), outcomes(results)));
    lines.add(
        "%d passed, %d failed"
            .formatted(count(results, Outcome.EXACT), count(results, Outcome.DIFFERENT)));
    return lines;
  }

  /** Whether nothing differed. */
  public static boolean passed(List<CaseResult> results) {
    return count(results, Outcome.DIFFERENT) == 0;
  }

  private static String plan(CaseResult result) {
    if (result.plan() == null) {
      return "refused, " + result.reason();
    }
    return result.plan().equals("full")
        ? "full, " + result.reason()
        : "%s (%s), %s".formatted(result.plan(), result.planClass(), result.reason());
  }

  private static String outcomes(List<CaseResult> results) {
    List<String> words = new ArrayList<>();
    for (Outcome outcome : Outcome.values()) {
      long count = count(results, outcome);
      if (count > 0) {
        words.add(count + " " + outcome);
      }
    }
    return String.join(", ", words);
  }

  private static void addListed(
      List<String> lines, List<CaseResult> results, Outcome outcome, String title) {
    Map<String, CaseResult> listed = new TreeMap<>();
    results.stream()
        .filter(result -> result.outcome() == outcome)
        .forEach(result -> listed.putIfAbsent(result.caseName(), result));
    if (!listed.isEmpty()) {
      lines.add("%s: %d cases".formatted(title, listed.size()));
      listed.forEach((name, result) ->
          lines.add(
              "  %s: %s%s"
                  .formatted(
                      name,
                      result.reason(),
                      result.detail().isEmpty() ? "" : "; " + result.detail())));
    }
  }

  private static Map<String, String> cases(List<CaseResult> results) {
    return results.stream()
        .collect(
            Collectors.toMap(
                CaseResult::caseName,
                result -> result.plan() == null ? "none" : result.plan(),
                (first, _) -> first));
  }

  private static long planned(List<CaseResult> results, String plan) {
    return cases(results).values().stream().filter(plan::equals).count();
  }

  private static long count(List<CaseResult> results, Outcome outcome) {
    return results.stream().filter(result -> result.outcome() == outcome).count();
  }
}
