package dev.pgtrickle.cli.output;

import dev.pgtrickle.engine.runtime.RefreshReport;
import dev.pgtrickle.engine.runtime.StreamTableReport;
import java.util.ArrayList;
import java.util.List;

/** Status for people: a line a table, and below it the problems with what to do about them. */
public final class StatusTable {
  private StatusTable() {}

  public static List<String> lines(List<StreamTableReport> reports) {
    if (reports.isEmpty()) {
      return List.of("no stream tables");
    }
    TextTable table =
        new TextTable(
            "RELATION",
            "STATE",
            "MODE",
            "SCHEDULE",
            ">LAG",
            ">ROWS",
            ">SIZE",
            ">PENDING",
            "CHANGED",
            ">TOOK");
    for (StreamTableReport report : reports) {
      table.row(
          report.relation().toString(),
          report.state(),
          report.mode(),
          report.schedule(),
          report.lag().map(Figures::duration).orElse("-"),
          Figures.count(report.rows()),
          Figures.bytes(report.bytes()),
          Figures.count(report.pendingChanges()),
          report.lastRefresh().map(RefreshView::changed).orElse("-"),
          report.lastRefresh().map(RefreshReport::duration).map(Figures::duration).orElse("-"));
    }
    List<String> lines = new ArrayList<>(table.lines());
    for (StreamTableReport report : reports) {
      report.problem().ifPresent(problem -> lines.add(problemLine(report, problem)));
    }
    return lines;
  }

  private static String problemLine(StreamTableReport report, StreamTableReport.Problem problem) {
    return report.relation()
        + ": "
        + problem.code()
        + ": "
        + problem.message()
        + (report.consecutiveFailures() > 1
            ? " (" + report.consecutiveFailures() + " times in a row)"
            : "")
        + " - "
        + problem.remedy();
  }
}
