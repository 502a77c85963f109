package dev.pgtrickle.cli.output;

import dev.pgtrickle.engine.verify.VerificationResult;
import java.util.ArrayList;
import java.util.List;

/** A comparison as JSON and YAML show it. Field names and verdicts are stable. */
public record VerificationView(
    String relation, String verdict, long rows, long missing, long surplus, List<String> examples) {

  public static VerificationView of(VerificationResult result) {
    return new VerificationView(
        result.relation().toString(),
        word(result.verdict()),
        result.rows(),
        result.missing(),
        result.surplus(),
        result.examples());
  }

  /** A line a table, and below it up to ten rows that differ. */
  public static List<String> lines(List<VerificationResult> results) {
    if (results.isEmpty()) {
      return List.of("no stream tables");
    }
    TextTable table = new TextTable("RELATION", "VERDICT", ">ROWS", ">MISSING", ">SURPLUS");
    List<String> examples = new ArrayList<>();
    for (VerificationResult result : results) {
      VerificationView view = of(result);
      table.row(
          view.relation(),
          view.verdict(),
          Figures.count(view.rows()),
          Figures.count(view.missing()),
          Figures.count(view.surplus()));
      view.examples().forEach(example -> examples.add(view.relation() + ": " + example));
    }
    List<String> lines = new ArrayList<>(table.lines());
    lines.addAll(examples);
    return lines;
  }

  private static String word(VerificationResult.Verdict verdict) {
    return switch (verdict) {
      case EXACT -> "Exact";
      case DIFFERENT -> "Different";
      case NOT_POPULATED -> "NotPopulated";
      case REFRESH_DUE -> "RefreshDue";
      case NOT_COMPARABLE -> "NotComparable";
    };
  }
}
