package dev.pgtrickle.cli.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The form of every benchmark's outcome, in JSON as in text. Field names are stable.
 *
 * @param loadBefore of the machine, over the last minute
 */
public record Report(
    String benchmark,
    String startedAt,
    int rounds,
    int processors,
    double loadBefore,
    double loadAfter,
    Map<String, String> setting,
    List<Figure> figures,
    List<Judgement> limits) {

  /**
   * The median of a variant's rounds.
   *
   * @param ratio to the baseline's median; left out for the baseline itself
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Figure(
      String variant,
      String measure,
      String unit,
      double median,
      double least,
      double greatest,
      @Nullable Double ratio) {}

  /**
   * A limit and how it was kept.
   *
   * @param baseline what the bound is a multiple of; left out when the bound is absolute
   * @param sense atMost: the variant against the baseline; atLeast: the baseline against the
   *     variant, how many times as fast it is
   * @param verdict pass or fail
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Judgement(
      String variant,
      String measure,
      @Nullable String baseline,
      String sense,
      double bound,
      double value,
      String verdict) {
    static final String PASS = "pass";
    static final String FAIL = "fail";
  }

  /** Parts that ran one after the other, as one report. */
  public static Report joined(Map<String, String> setting, List<Report> parts) {
    Report first = parts.getFirst();
    return new Report(
        first.benchmark(),
        first.startedAt(),
        first.rounds(),
        first.processors(),
        first.loadBefore(),
        parts.getLast().loadAfter(),
        setting,
        parts.stream().flatMap(part -> part.figures().stream()).toList(),
        parts.stream().flatMap(part -> part.limits().stream()).toList());
  }

  /** Whether every limit was kept. */
  public boolean passed() {
    return limits.stream().allMatch(limit -> limit.verdict().equals(Judgement.PASS));
  }
}
