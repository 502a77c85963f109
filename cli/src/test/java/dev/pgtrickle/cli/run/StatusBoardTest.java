package dev.pgtrickle.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.cli.engine.RecordedEngine;
import dev.pgtrickle.engine.runtime.RefreshReport;
import dev.pgtrickle.engine.runtime.StreamTableReport;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusBoardTest {
  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

  private final StringWriter out = new StringWriter();

  @Test
  void aFileGetsALineForEachTableThatChanged() {
    StatusBoard board = board(Terminal.Screen.PLAIN);
    board.show(List.of(RecordedEngine.healthy(), RecordedEngine.stalled()), NOON);
    board.show(List.of(RecordedEngine.healthy(), RecordedEngine.stalled()), NOON.plusSeconds(60));
    assertThat(out.toString().lines())
        .hasSize(2)
        .anySatisfy(line ->
            assertThat(line)
                .endsWith(
                    " public.order_totals active, 18,231 rows, lag 350 ms, last refresh"
                        + " Differential: +3 ~9 -0 in 2.1 ms"))
        .anySatisfy(line ->
            assertThat(line)
                .endsWith(
                    " reporting.Größe stalled, 0 rows, SourceMissing: table orders is gone -"
                        + " create it again"));
  }

  @Test
  void aBusyTableGetsALineEveryFiveSeconds() {
    StatusBoard board = board(Terminal.Screen.PLAIN);
    for (int second = 0; second <= 10; second++) {
      Instant now = NOON.plusSeconds(second);
      board.show(List.of(refreshedAt(now)), now);
    }
    assertThat(out.toString().lines()).hasSize(3);
  }

  @Test
  void aScreenIsWrittenOver() {
    StatusBoard board = board(Terminal.Screen.INTERACTIVE);
    board.show(List.of(RecordedEngine.healthy()), NOON);
    String once = out.toString();
    board.show(List.of(RecordedEngine.healthy()), NOON);
    assertThat(once).startsWith("RELATION");
    assertThat(out.toString()).isEqualTo(once + "\033[2F\033[J" + once);
  }

  private StatusBoard board(Terminal.Screen screen) {
    PrintWriter writer = new PrintWriter(out);
    return new StatusBoard(new Terminal(writer, writer, screen));
  }

  private static StreamTableReport refreshedAt(Instant time) {
    StreamTableReport report = RecordedEngine.healthy();
    RefreshReport refresh = RecordedEngine.refreshReport();
    return new StreamTableReport(
        report.relation(),
        report.state(),
        report.mode(),
        report.planClass(),
        report.reason(),
        report.schedule(),
        report.sources(),
        report.dataTime(),
        report.lag(),
        report.rows(),
        report.bytes(),
        report.pendingChanges(),
        Optional.of(
            new RefreshReport(
                time,
                refresh.duration(),
                refresh.cause(),
                refresh.mode(),
                refresh.reason(),
                refresh.changes(),
                refresh.rowsInserted(),
                refresh.rowsUpdated(),
                refresh.rowsDeleted())),
        report.consecutiveFailures(),
        report.problem(),
        report.drift(),
        report.life());
  }
}
