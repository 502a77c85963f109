package dev.pgtrickle.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.cli.output.Documents;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class InterleavingTest {
  private static final Measure TIME = new Measure("p50", "ms");
  private static final Measure CPU = new Measure("cpu", "ms CPU");

  private final List<String> order = new ArrayList<>();
  private final List<String> progress = new ArrayList<>();

  @Test
  void variantsTakeTurnsAndNobodyAlwaysGoesFirst() throws Exception {
    run(List.of());
    assertThat(order)
        .containsExactly("hand 0", "engine 0", "engine 1", "hand 1", "hand 2", "engine 2");
    assertThat(progress).hasSize(6).startsWith("round 1 of 3, hand: p50 2.00 ms");
  }

  @Test
  void theMedianOfTheRoundsCountsAndItsRatioToTheBaseline() throws Exception {
    Report report = run(List.of());
    assertThat(report.figures())
        .containsExactly(
            new Report.Figure("hand", "p50", "ms", 2, 2, 2, null),
            new Report.Figure("engine", "p50", "ms", 3, 1, 30, 1.5));
  }

  @Test
  void limitsAreJudgedAgainstTheBaselineOrAsTheyAre() throws Exception {
    Report report =
        run(
            List.of(
                Limit.ratio("engine", TIME, "hand", 1.5),
                Limit.ratio("engine", TIME, "hand", 1.4),
                Limit.absolute("engine", TIME, 2.9)));
    assertThat(report.limits().stream().map(Report.Judgement::verdict))
        .containsExactly("pass", "fail", "fail");
    assertThat(report.passed()).isFalse();
  }

  @Test
  void howManyTimesAsFastIsJudgedTheOtherWayRound() throws Exception {
    Report report =
        run(
            List.of(
                Limit.speedUp("hand", TIME, "engine", 1.5),
                Limit.speedUp("hand", TIME, "engine", 1.6)));
    assertThat(report.limits().stream().map(Report.Judgement::value)).containsExactly(1.5, 1.5);
    assertThat(report.limits().stream().map(Report.Judgement::verdict))
        .containsExactly("pass", "fail");
    assertThat(ReportText.lines(report))
        .contains("hand: p50 against engine  at least 1.60 x  1.50 x  fail");
  }

  @Test
  void partsBecomeOneReport() throws Exception {
    Report part = run(List.of(Limit.ratio("engine", TIME, "hand", 1.4)));
    Report joined = Report.joined(Map.of("all", "of it"), List.of(part, part));
    assertThat(joined.figures()).hasSize(4);
    assertThat(joined.limits()).hasSize(2);
    assertThat(joined.setting()).containsExactly(Map.entry("all", "of it"));
    assertThat(joined.passed()).isFalse();
  }

  @Test
  void aLimitOnWhatCouldNotBeMeasuredHasNoVerdict() throws Exception {
    Report report = run(List.of(Limit.ratio("engine", CPU, "hand", 1)));
    assertThat(report.limits()).isEmpty();
    assertThat(report.passed()).isTrue();
  }

  @Test
  void theTextShowsFiguresAndVerdicts() throws Exception {
    Report report = run(List.of(Limit.ratio("engine", TIME, "hand", 1.4)));
    assertThat(ReportText.lines(report))
        .contains(
            "  rows: 10",
            "MEASURE  VARIANT   RATIO  MEDIAN  LEAST  GREATEST  UNIT",
            "p50      hand               2.00   2.00      2.00  ms",
            "p50      engine   1.50 x    3.00   1.00      30.0  ms",
            "LIMIT                      BOUND   VALUE  VERDICT",
            "engine: p50 against hand  1.40 x  1.50 x  fail")
        .first()
        .asString()
        .startsWith("test: 3 rounds, ");
  }

  @Test
  void theJsonHasStableNames() throws Exception {
    String json = new Documents().json(run(List.of(Limit.absolute("engine", TIME, 8))));
    assertThat(json)
        .contains(
            "\"benchmark\" : \"test\"",
            "\"startedAt\" : ",
            "\"rounds\" : 3",
            "\"processors\" : ",
            "\"loadBefore\" : ",
            "\"loadAfter\" : ",
            "\"setting\" : {",
            "\"ratio\" : 1.5",
            "\"bound\" : 8.0",
            "\"value\" : 3.0",
            "\"verdict\" : \"pass\"")
        .doesNotContain("null", "passed");
  }

  private Report run(List<Limit> limits) throws Exception {
    return new Interleaving(3, progress::add)
        .run(
            new Benchmark(
                "test",
                List.of(
                    variant("hand", round -> 2),
                    variant("engine", round -> List.of(3.0, 30.0, 1.0).get(round))),
                "hand",
                limits,
                Map.of("rows", "10")));
  }

  private Variant variant(String name, IntToDoubleFunction values) {
    return new Variant() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Map<Measure, Double> measure(int round) {
        order.add(name + " " + round);
        return Map.of(TIME, values.applyAsDouble(round));
      }
    };
  }
}
