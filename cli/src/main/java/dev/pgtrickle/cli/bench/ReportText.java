package dev.pgtrickle.cli.bench;

import dev.pgtrickle.cli.output.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A report for people. */
public final class ReportText {
  private ReportText() {}

  public static List<String> lines(Report report) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: %d rounds, %d processors, load %.1f before and %.1f after, %s"
            .formatted(
                report.benchmark(),
                report.rounds(),
                report.processors(),
                report.loadBefore(),
                report.loadAfter(),
                report.startedAt()));
    report.setting().forEach((name, value) -> lines.add("  " + name + ": " + value));
    lines.add("");
    TextTable figures =
        new TextTable("MEASURE", "VARIANT", ">RATIO", ">MEDIAN", ">LEAST", ">GREATEST", "UNIT");
    for (String measure :
        report.figures().stream().map(Report.Figure::measure).distinct().toList()) {
      for (Report.Figure figure : report.figures()) {
        if (figure.measure().equals(measure)) {
          figures.row(
              figure.measure(),
              figure.variant(),
              figure.ratio() == null ? "" : number(figure.ratio()) + " x",
              number(figure.median()),
              number(figure.least()),
              number(figure.greatest()),
              figure.unit());
        }
      }
    }
    lines.addAll(figures.lines());
    if (!report.limits().isEmpty()) {
      lines.add("");
      TextTable limits = new TextTable("LIMIT", ">BOUND", ">VALUE", "VERDICT");
      for (Report.Judgement limit : report.limits()) {
        String unit = limit.baseline() == null ? "" : " x";
        limits.row(
            limit.variant()
                + ": "
                + limit.measure()
                + (limit.baseline() == null ? "" : " against " + limit.baseline()),
            (limit.sense().equals(Limit.Sense.AT_LEAST.word()) ? "at least " : "")
                + number(limit.bound())
                + unit,
            number(limit.value()) + unit,
            limit.verdict());
      }
      lines.addAll(limits.lines());
    }
    return lines;
  }

  static String values(Map<Measure, Double> values) {
    return values.entrySet().stream()
        .map(value ->
            "%s %s %s"
                .formatted(value.getKey().name(), number(value.getValue()), value.getKey().unit()))
        .collect(Collectors.joining(", "));
  }

  /** Three digits that matter. */
  private static String number(double value) {
    double size = Math.abs(value);
    String pattern =
        size == 0
            ? "%.2f"
            : size < 0.1 ? "%.4f" : size < 10 ? "%.2f" : size < 100 ? "%.1f" : "%.0f";
    return String.format(Locale.ROOT, pattern, value);
  }
}
