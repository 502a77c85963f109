package dev.pgtrickle.cli.run;

import dev.pgtrickle.cli.output.Figures;
import dev.pgtrickle.cli.output.StatusTable;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.runtime.RefreshReport;
import dev.pgtrickle.engine.runtime.StreamTableReport;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is shown while tables are kept current: on a screen one table that is written over, in a
 * file a line for each table that changed, and not more often than every few seconds.
 */
public final class StatusBoard {
  private static final Duration LINE_INTERVAL = Duration.ofSeconds(5);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

  private final Terminal terminal;
  private final Map<QualifiedName, Shown> shown = new HashMap<>();
  private int linesOnScreen;

  /** The last line of a table. */
  private record Shown(Instant when, String state, Optional<Instant> refreshed) {}

  public StatusBoard(Terminal terminal) {
    this.terminal = terminal;
  }

  public void show(List<StreamTableReport> reports, Instant now) {
    switch (terminal.screen()) {
      case INTERACTIVE -> redraw(reports);
      case PLAIN -> reports.forEach(report -> append(report, now));
    }
  }

  private void redraw(List<StreamTableReport> reports) {
    List<String> lines = StatusTable.lines(reports);
    if (linesOnScreen > 0) {
      // ANSI: to the first column N lines up, and erase from there to the end.
      terminal.out().printf("\033[%dF\033[J", linesOnScreen);
    }
    lines.forEach(terminal.out()::println);
    terminal.out().flush();
    linesOnScreen = lines.size();
  }

  private void append(StreamTableReport report, Instant now) {
    Shown latest =
        new Shown(now, stateOf(report), report.lastRefresh().map(RefreshReport::finishedAt));
    Shown before = shown.get(report.relation());
    boolean news =
        before == null
            || !before.state().equals(latest.state())
            || (!before.refreshed().equals(latest.refreshed())
                && !now.isBefore(before.when().plus(LINE_INTERVAL)));
    if (news) {
      shown.put(report.relation(), latest);
      terminal.say(line(report, now));
    }
  }

  private static String stateOf(StreamTableReport report) {
    return report.state()
        + report.mode()
        + report.problem().map(StreamTableReport.Problem::code).orElse("");
  }

  private static String line(StreamTableReport report, Instant now) {
    String time = TIME.format(LocalTime.ofInstant(now, ZoneId.systemDefault()));
    String refresh =
        report
            .lastRefresh()
            .map(last ->
                ", last refresh %s: +%d ~%d -%d in %s"
                    .formatted(
                        last.mode(),
                        last.rowsInserted(),
                        last.rowsUpdated(),
                        last.rowsDeleted(),
                        Figures.duration(last.duration())))
            .orElse("");
    String lag = report.lag().map(age -> ", lag " + Figures.duration(age)).orElse("");
    String problem =
        report
            .problem()
            .map(found -> ", " + found.code() + ": " + found.message() + " - " + found.remedy())
            .orElse("");
    return "%s %s %s, %s rows%s%s%s"
        .formatted(
            time,
            report.relation(),
            report.state(),
            Figures.count(report.rows()),
            lag,
            refresh,
            problem);
  }
}
