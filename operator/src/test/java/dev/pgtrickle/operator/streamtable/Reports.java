package dev.pgtrickle.operator.streamtable;

import dev.pgtrickle.engine.definition.Origin;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.runtime.RefreshReport;
import dev.pgtrickle.engine.runtime.StreamTableReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reports of the engine, made for tests of what is said about them. */
final class Reports {
  static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  static final QualifiedName RELATION = QualifiedName.of("public", "order_totals");
  static final Origin OWNER = new Origin("k", "shop", "order-totals", "uid-1");

  private Reports() {}

  static StreamTableReport active() {
    return report("active", true, 0, Optional.empty(), List.of());
  }

  static StreamTableReport of(String state) {
    return report(state, true, 0, Optional.empty(), List.of());
  }

  static StreamTableReport loading() {
    return report("loading", false, 0, Optional.empty(), List.of());
  }

  static StreamTableReport failing(int failures) {
    return report(
        "active",
        true,
        failures,
        Optional.of(new StreamTableReport.Problem("LockTimeout", "a lock was held", "nothing")),
        List.of());
  }

  static StreamTableReport stalled(String code) {
    return report(
        "stalled",
        true,
        1,
        Optional.of(new StreamTableReport.Problem(code, "it stands still", "do something")),
        List.of());
  }

  static StreamTableReport drifted(String kind) {
    return report(
        "active",
        true,
        0,
        Optional.empty(),
        List.of(new StreamTableReport.Drift(kind, "somebody changed it")));
  }

  static StreamTableReport lagging(Duration lag) {
    return report("active", true, 0, Optional.empty(), List.of(), "every 30s", Optional.of(lag));
  }

  static StreamTableReport manual() {
    return report(
        "active", true, 0, Optional.empty(), List.of(), "manual", Optional.of(Duration.ZERO));
  }

  static StreamTableReport requested(StreamTableReport.Request request) {
    StreamTableReport plain = active();
    return new StreamTableReport(
        plain.relation(),
        plain.state(),
        plain.mode(),
        plain.planClass(),
        plain.reason(),
        plain.schedule(),
        plain.sources(),
        plain.dataTime(),
        plain.lag(),
        plain.rows(),
        plain.bytes(),
        plain.pendingChanges(),
        plain.lastRefresh(),
        plain.consecutiveFailures(),
        plain.problem(),
        plain.drift(),
        new StreamTableReport.Life(
            OWNER, true, "3fa9c1d20b77", List.of(), Optional.empty(), Optional.of(request)));
  }

  private static StreamTableReport report(
      String state,
      boolean populated,
      int failures,
      Optional<StreamTableReport.Problem> problem,
      List<StreamTableReport.Drift> drift) {
    return report(
        state,
        populated,
        failures,
        problem,
        drift,
        "every 30s",
        populated ? Optional.of(Duration.ofMillis(40)) : Optional.empty());
  }

  private static StreamTableReport report(
      String state,
      boolean populated,
      int failures,
      Optional<StreamTableReport.Problem> problem,
      List<StreamTableReport.Drift> drift,
      String schedule,
      Optional<Duration> lag) {
    return new StreamTableReport(
        RELATION,
        state,
        "Differential",
        "algebraic",
        "every aggregate can be maintained",
        schedule,
        List.of("public.orders"),
        lag.map(NOW::minus),
        lag,
        17,
        8_192,
        0,
        populated
            ? Optional.of(
                new RefreshReport(
                    NOW,
                    Duration.ofMillis(41),
                    "Schedule",
                    "Differential",
                    "3 changes",
                    3,
                    1,
                    2,
                    0))
            : Optional.empty(),
        failures,
        problem,
        drift,
        new StreamTableReport.Life(
            OWNER, populated, "3fa9c1d20b77", List.of(), Optional.empty(), Optional.empty()));
  }
}
