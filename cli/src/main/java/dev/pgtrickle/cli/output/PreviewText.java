package dev.pgtrickle.cli.output;

import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.preview.Preview;
import java.util.ArrayList;
import java.util.List;

/** Previews for people. */
public final class PreviewText {
  private static final String INDENT = "  ";

  private PreviewText() {}

  public static List<String> lines(List<Preview> previews) {
    List<String> lines = new ArrayList<>();
    for (Preview preview : previews) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      switch (preview) {
        case Preview.Accepted accepted -> accepted(accepted, lines);
        case Preview.Refused refused -> refused(refused, lines);
      }
    }
    return lines.isEmpty() ? List.of("no stream tables") : lines;
  }

  private static void accepted(Preview.Accepted preview, List<String> lines) {
    lines.add(
        "%s: %s (%s), %s"
            .formatted(
                preview.relation(), preview.mode().word(), preview.planClass(), preview.reason()));
    lines.add(INDENT + "keys: " + keys(preview.keys()));
    TextTable sources = new TextTable("SOURCE", "CAPTURE", "COLUMNS");
    preview
        .sources()
        .forEach(source ->
            sources.row(
                source.name().toString(), source.capture(), String.join(", ", source.columns())));
    indent(sources.lines(), lines);
    TextTable operators = new TextTable("OPERATOR", "MODE", "CLASS", "REASON");
    preview
        .operators()
        .forEach(operator ->
            operators.row(
                operator.operator(),
                operator.mode().word(),
                operator.planClass(),
                operator.reason()));
    indent(operators.lines(), lines);
    TextTable lineage = new TextTable("RESULT", "MADE FROM");
    preview.lineage().forEach(column -> lineage.row(column.column(), origins(column)));
    indent(lineage.lines(), lines);
    preview.warnings().forEach(warning -> lines.add(INDENT + "warning: " + warning));
    preview.findings().forEach(finding -> lines.add(INDENT + "finding: " + finding));
    for (Preview.GeneratedStatement statement : preview.statements()) {
      lines.add(INDENT + "-- " + statement.purpose());
      indent(statement.sql().lines().toList(), lines);
    }
  }

  private static String keys(List<List<String>> keys) {
    if (keys.isEmpty()) {
      return "none, rows are found by their image";
    }
    List<String> shown = new ArrayList<>();
    for (List<String> key : keys) {
      shown.add(key.isEmpty() ? "at most one row" : "(" + String.join(", ", key) + ")");
    }
    return String.join(", ", shown);
  }

  private static String origins(Preview.Lineage column) {
    return column.origins().isEmpty() ? "no column" : String.join(", ", column.origins());
  }

  private static void refused(Preview.Refused preview, List<String> lines) {
    TrickleException reason = preview.reason();
    lines.add(
        "%s: refused, %s: %s%s"
            .formatted(
                preview.relation(),
                reason.code().word(),
                reason.what().replaceAll("\\s*\\R\\s*", " "),
                reason.where().map(place -> " (" + place + ")").orElse("")));
    reason.excerpt().ifPresent(excerpt -> indent(excerpt.lines().toList(), lines));
    lines.add(INDENT + "remedy: " + reason.remedy());
  }

  private static void indent(List<String> more, List<String> lines) {
    more.forEach(line -> lines.add(INDENT + line));
  }
}
