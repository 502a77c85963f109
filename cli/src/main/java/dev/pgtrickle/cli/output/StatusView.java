package dev.pgtrickle.cli.output;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pgtrickle.engine.runtime.StreamTableReport;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stream table as JSON and YAML show it. Field names are stable; one that has no value is left
 * out.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StatusView(
    String relation,
    String state,
    String mode,
    @JsonProperty("class") String planClass,
    String reason,
    String schedule,
    List<String> sources,
    @Nullable String dataTime,
    @Nullable Double lagSeconds,
    long rows,
    long bytes,
    long pendingChanges,
    @Nullable RefreshView lastRefresh,
    int consecutiveFailures,
    @Nullable ProblemView problem) {
  private static final double MILLIS_IN_SECOND = 1e3;

  /** Why a table stands still or fails. */
  public record ProblemView(String code, String message, String remedy) {}

  public static StatusView of(StreamTableReport report) {
    return new StatusView(
        report.relation().toString(),
        report.state(),
        report.mode(),
        report.planClass(),
        report.reason(),
        report.schedule(),
        report.sources(),
        report.dataTime().map(Instant::toString).orElse(null),
        report.lag().map(lag -> lag.toMillis() / MILLIS_IN_SECOND).orElse(null),
        report.rows(),
        report.bytes(),
        report.pendingChanges(),
        report.lastRefresh().map(RefreshView::of).orElse(null),
        report.consecutiveFailures(),
        report.problem().map(StatusView::problem).orElse(null));
  }

  private static ProblemView problem(StreamTableReport.Problem problem) {
    return new ProblemView(problem.code(), problem.message(), problem.remedy());
  }
}
