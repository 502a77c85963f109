package dev.pgtrickle.operator.streamtable;

import dev.pgtrickle.crds.condition.ConditionStatus;
import dev.pgtrickle.crds.streamtable.StreamTableCondition;
import dev.pgtrickle.crds.streamtable.StreamTableReason;
import dev.pgtrickle.engine.runtime.RefreshReport;
import dev.pgtrickle.engine.runtime.StreamTableReport;
import dev.pgtrickle.engine.runtime.StreamTableReport.Phase;
import java.util.Optional;
import java.util.Set;

/** Conditions of a table that the engine knows. */
final class MaintainedConditions {
  /** In a row; until then a failure is only what RefreshSucceeded says. */
  private static final int FAILURES_THAT_COUNT = 5;

  private static final String FULL = "Full";

  /** Causes of a refresh that is a full one because it was meant to be. */
  private static final Set<String> FULL_ON_PURPOSE =
      Set.of("Initial", "Request", "Definition", "Adoption", "Copy");

  void write(Verdict.Maintained known, Facts facts, ConditionDraft draft) {
    StreamTableReport report = known.report();
    draft.connected();
    populated(report, draft);
    refreshSucceeded(report, draft);
    fresh(report, draft);
    drifted(report, draft);
    if (report.phase() == Phase.STALLED && report.problem().isPresent()) {
      stalled(report.problem().get(), draft);
    } else {
      queryValid(report, draft);
      ready(report, draft, known.pending());
    }
  }

  private static void stalled(StreamTableReport.Problem problem, ConditionDraft draft) {
    Verdict.Stopped stopped =
        QueryReasons.stopped(problem.code(), problem.message() + "; " + problem.remedy());
    draft.isFalse(StreamTableCondition.READY, stopped.ready(), stopped.message());
    draft.isTrue(StreamTableCondition.STALLED, stopped.stalled(), stopped.message());
    stopped
        .query()
        .ifPresent(
            reason -> draft.isFalse(StreamTableCondition.QUERY_VALID, reason, stopped.message()));
  }

  private static void queryValid(StreamTableReport report, ConditionDraft draft) {
    if (report.mode().equals(FULL)) {
      draft.isTrue(StreamTableCondition.QUERY_VALID, StreamTableReason.FULL_ONLY, report.reason());
    } else if (!report.mode().isEmpty()) {
      draft.isTrue(
          StreamTableCondition.QUERY_VALID, StreamTableReason.DIFFERENTIAL, report.reason());
    }
  }

  private static void ready(
      StreamTableReport report, ConditionDraft draft, Optional<Verdict.Pending> pending) {
    if (!report.life().populated()) {
      notPopulated(report, draft);
      return;
    }
    if (pending.isPresent()) {
      Verdict.Pending waiting = pending.get();
      String message = pendingMessage(waiting);
      draft.isTrue(StreamTableCondition.STALLED, waiting.stalled(), message);
      if (isFailing(report)) {
        // Never together with Stalled: that it is tried again by itself, the message says.
        draft.isFalse(
            StreamTableCondition.READY, StreamTableReason.REFRESH_FAILING, failing(report));
      } else {
        serving(report, draft);
      }
      return;
    }
    switch (report.phase()) {
      case CHANGING -> {
        String message = "the new definition is being brought about; readers see the old answer";
        draft.isFalse(StreamTableCondition.READY, StreamTableReason.REBUILDING, message);
        draft.isTrue(StreamTableCondition.RECONCILING, StreamTableReason.REBUILDING, message);
      }
      case DELETING -> {
        draft.isFalse(
            StreamTableCondition.READY, StreamTableReason.DELETING, "the table is being released");
        draft.isTrue(
            StreamTableCondition.RECONCILING,
            StreamTableReason.REBUILDING,
            "the table is being released");
      }
      case CREATING, LOADING, ACTIVE, SUSPENDED, STALLED, RETAINED, ORPHANED ->
          failingOrServing(report, draft);
    }
  }

  private static void failingOrServing(StreamTableReport report, ConditionDraft draft) {
    if (isFailing(report)) {
      String message = failing(report);
      draft.isFalse(StreamTableCondition.READY, StreamTableReason.REFRESH_FAILING, message);
      draft.isTrue(StreamTableCondition.RECONCILING, StreamTableReason.RETRYING, message);
      return;
    }
    if (!report.drift().isEmpty()) {
      draft.isTrue(
          StreamTableCondition.RECONCILING,
          StreamTableReason.REPAIRING,
          report.drift().getFirst().message());
    }
    serving(report, draft);
  }

  private static boolean isFailing(StreamTableReport report) {
    return report.consecutiveFailures() >= FAILURES_THAT_COUNT;
  }

  private static String failing(StreamTableReport report) {
    return report
        .problem()
        .map(problem -> problem.message() + "; it is tried again by itself")
        .orElse("refreshes fail; it is tried again by itself");
  }

  private static void serving(StreamTableReport report, ConditionDraft draft) {
    if (report.phase() == Phase.SUSPENDED) {
      draft.isTrue(
          StreamTableCondition.READY,
          StreamTableReason.SUSPENDED,
          "readers see the table as it was when it was suspended");
    } else if (report.schedule().equals("manual")) {
      draft.isTrue(
          StreamTableCondition.READY,
          StreamTableReason.MANUAL_SCHEDULE,
          "the table is refreshed when somebody asks for it");
    } else {
      draft.isTrue(
          StreamTableCondition.READY, StreamTableReason.SERVING, "the table is kept current");
    }
  }

  private static void notPopulated(StreamTableReport report, ConditionDraft draft) {
    if (report.phase() == Phase.SUSPENDED) {
      draft.isFalse(
          StreamTableCondition.READY,
          StreamTableReason.NOT_POPULATED,
          "the table was suspended before it was loaded");
      return;
    }
    String message = "the table is being created and loaded";
    draft.isFalse(StreamTableCondition.READY, StreamTableReason.INITIALIZING, message);
    draft.isTrue(
        StreamTableCondition.RECONCILING,
        report.problem().isPresent() ? StreamTableReason.RETRYING : StreamTableReason.CREATING,
        report.problem().map(StreamTableReport.Problem::message).orElse(message));
  }

  private static void populated(StreamTableReport report, ConditionDraft draft) {
    if (report.life().populated()) {
      draft.isTrue(StreamTableCondition.POPULATED, StreamTableReason.LOADED, "readers have rows");
    } else if (report.phase() == Phase.SUSPENDED) {
      draft.isFalse(
          StreamTableCondition.POPULATED,
          StreamTableReason.SUSPENDED,
          "it is loaded when it is resumed");
    } else if (report.problem().isPresent()) {
      draft.isFalse(
          StreamTableCondition.POPULATED,
          StreamTableReason.LOAD_FAILED,
          report.problem().get().message());
    } else {
      draft.isFalse(
          StreamTableCondition.POPULATED, StreamTableReason.LOADING, "the first load goes on");
    }
  }

  private static void refreshSucceeded(StreamTableReport report, ConditionDraft draft) {
    if (report.consecutiveFailures() > 0) {
      draft.isFalse(
          StreamTableCondition.REFRESH_SUCCEEDED,
          failure(report.problem()),
          report.problem().map(StreamTableReport.Problem::message).orElse("the refresh failed"));
      return;
    }
    report.lastRefresh().ifPresent(last -> succeeded(report, last, draft));
  }

  private static void succeeded(
      StreamTableReport report, RefreshReport last, ConditionDraft draft) {
    boolean fellBack =
        last.mode().equals(FULL)
            && !report.mode().equals(FULL)
            && !FULL_ON_PURPOSE.contains(last.cause());
    StreamTableReason reason = StreamTableReason.REFRESHED;
    if (fellBack) {
      reason = StreamTableReason.FELL_BACK_TO_FULL;
    } else if (last.rowsInserted() + last.rowsUpdated() + last.rowsDeleted() == 0) {
      reason = StreamTableReason.NO_CHANGES;
    }
    draft.isTrue(StreamTableCondition.REFRESH_SUCCEEDED, reason, last.reason());
  }

  private static StreamTableReason failure(Optional<StreamTableReport.Problem> problem) {
    String code = problem.map(StreamTableReport.Problem::code).orElse("");
    for (StreamTableReason known :
        new StreamTableReason[] {
          StreamTableReason.TIMEOUT,
          StreamTableReason.LOCK_TIMEOUT,
          StreamTableReason.RESOURCE_LIMIT
        }) {
      if (known.word().equals(code)) {
        return known;
      }
    }
    return StreamTableReason.REFRESH_FAILED;
  }

  private static void fresh(StreamTableReport report, ConditionDraft draft) {
    boolean suspended = report.phase() == Phase.SUSPENDED;
    draft.isUnknown(
        StreamTableCondition.FRESH,
        suspended ? StreamTableReason.SUSPENDED : StreamTableReason.NO_TARGET,
        suspended ? "the table is suspended" : "spec.sla sets no target");
  }

  private static void drifted(StreamTableReport report, ConditionDraft draft) {
    if (report.drift().isEmpty()) {
      return;
    }
    StreamTableReport.Drift first = report.drift().getFirst();
    for (StreamTableReason known : StreamTableCondition.DRIFTED.reasons(ConditionStatus.TRUE)) {
      if (known.word().equals(first.kind())) {
        draft.isTrue(StreamTableCondition.DRIFTED, known, first.message());
      }
    }
  }

  private static String pendingMessage(Verdict.Pending pending) {
    String summary = pending.definition().summary();
    return pending.stalled() == StreamTableReason.AWAITING_APPROVAL
        ? "%s; approve it with the annotation pgtrickle.dev/approve: \"%s\""
            .formatted(summary, pending.definition().hash())
        : "%s; onQueryChange: Reject keeps the old query".formatted(summary);
  }
}
