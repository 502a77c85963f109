package dev.pgtrickle.cli.stress;

import dev.pgtrickle.cli.stress.comparison.HistoryMonitor;
import dev.pgtrickle.cli.stress.comparison.RefreshCounts;
import dev.pgtrickle.cli.stress.process.BackendTerminator;
import dev.pgtrickle.cli.stress.process.Outages;
import dev.pgtrickle.cli.stress.process.ProcessKeeper;
import dev.pgtrickle.cli.stress.reader.ReaderFindings;
import dev.pgtrickle.cli.stress.writer.WriterStatistics;
import java.util.List;
import java.util.Map;

/** What a stress found. */
record StressResult(
    StressPlan plan,
    EndState end,
    ReaderFindings readers,
    HistoryMonitor history,
    WriterStatistics writers,
    ProcessKeeper process,
    BackendTerminator backends,
    Outages outages) {

  /**
   * What was there when all had stopped.
   *
   * @param unrefreshed tables whose last refresh failed, and why
   * @param differences rows too many and rows missing, by table
   */
  record EndState(List<String> unrefreshed, Map<String, Long> differences) {}

  RefreshCounts refreshes() {
    return history.counts();
  }

  long differingRows() {
    return end.differences().values().stream().mapToLong(Long::longValue).sum();
  }

  /** In lines, for people. */
  String describe() {
    return """
    stress of PostgreSQL %d, %d s, seed %d
      differing rows at the end %d %s, not refreshed %s
      reader errors %d, reads %d, longest %d ms
      refreshes %d, longest pause %d ms: %s
      kills %d, takeovers %d, ends by itself %d, backends terminated %d, server crashes %d
      writer transactions %d %s
      refused to writers %s, surprises %d, longest statement %d ms: %s
    """
        .formatted(
            plan.version().major(),
            plan.load().toSeconds(),
            plan.seed(),
            differingRows(),
            end.differences(),
            end.unrefreshed(),
            readers.findings().size(),
            readers.reads(),
            readers.longest().toMillis(),
            refreshes().succeeded(),
            history.longestPause().toMillis(),
            refreshes().describe(),
            process.kills(),
            process.takeovers(),
            process.unexpectedEnds().size(),
            backends.terminated(),
            outages.count(),
            writers.transactions(),
            writers.byKind(),
            writers.refusals(),
            writers.surprises().size(),
            writers.longest().toMillis(),
            writers.longestStatement());
  }
}
