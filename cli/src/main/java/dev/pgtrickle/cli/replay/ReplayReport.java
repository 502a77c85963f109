package dev.pgtrickle.cli.replay;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The report as a file has it. Its fields are a promise to scripts; all of them are always there.
 *
 * @param results one a case, order and mode
 */
public record ReplayReport(List<Row> results) {

  /** A row; see {@link CaseResult}. */
  public record Row(
      @JsonProperty("case") String caseName,
      String order,
      String mode,
      String outcome,
      @Nullable String plan,
      @JsonProperty("class") @Nullable String planClass,
      String reason,
      String detail) {}

  public static ReplayReport of(List<CaseResult> results) {
    return new ReplayReport(
        results.stream()
            .map(result ->
                new Row(
                    result.caseName(),
                    result.order().toString(),
                    result.mode().toString(),
                    result.outcome().toString(),
                    result.plan(),
                    result.planClass(),
                    result.reason(),
                    result.detail()))
            .toList());
  }
}
