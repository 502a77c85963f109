package dev.pgtrickle.cli.replay;

import dev.pgtrickle.cli.engine.Engines;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.testbed.cases.SqlCase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One case in all orders. Its plan is looked for once: rows do not change it. */
final class CaseReplay {
  private final Engines engines;
  private final Set<ReplayOrder> orders;
  private final Set<ReplayMode> modes;

  CaseReplay(Engines engines, Set<ReplayOrder> orders, Set<ReplayMode> modes) {
    this.engines = engines;
    this.orders = orders;
    this.modes = modes;
  }

  /**
   * A result for each order and mode, whatever happens.
   *
   * @throws SQLException when the server is at fault, after which another one is needed
   */
  List<CaseResult> replay(ReplayServer server, SqlCase replayed) throws SQLException {
    List<CaseResult> results = new ArrayList<>();
    @Nullable CasePlan plan = null;
    for (ReplayOrder order : orders) {
      if (plan instanceof CasePlan.Refused) {
        results.addAll(all(replayed, order, plan, Outcome.REFUSED, results.getFirst().detail()));
        continue;
      }
      try {
        CaseRun.Found found = new CaseRun(server, engines, replayed, order, modes, plan).run();
        plan = found.plan();
        results.addAll(found.results());
      } catch (TrickleException failure) {
        results.addAll(broken(replayed, order, plan, failure));
      }
    }
    return results;
  }

  /** Results of a case that could not be run for a reason that is not its own. */
  List<CaseResult> broken(SqlCase replayed, Exception failure) {
    List<CaseResult> results = new ArrayList<>();
    for (ReplayOrder order : orders) {
      results.addAll(
          broken(
              replayed,
              order,
              null,
              TrickleException.of(
                  ErrorCode.INTERNAL, String.valueOf(failure), "run the case alone")));
    }
    return results;
  }

  private List<CaseResult> broken(
      SqlCase replayed, ReplayOrder order, @Nullable CasePlan plan, TrickleException failure) {
    return all(
        replayed,
        order,
        plan == null ? new CasePlan.Refused(failure) : plan,
        Outcome.DIFFERENT,
        failure.oneLine());
  }

  private List<CaseResult> all(
      SqlCase replayed, ReplayOrder order, CasePlan plan, Outcome outcome, String detail) {
    return modes.stream()
        .map(mode -> CaseResult.of(replayed.name(), order, mode, plan, outcome, detail))
        .toList();
  }
}
