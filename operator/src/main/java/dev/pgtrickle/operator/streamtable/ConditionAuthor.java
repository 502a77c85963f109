package dev.pgtrickle.operator.streamtable;

import dev.pgtrickle.crds.condition.Condition;
import dev.pgtrickle.crds.condition.Conditions;
import dev.pgtrickle.crds.streamtable.StreamTableCondition;
import dev.pgtrickle.crds.streamtable.StreamTableReason;
import java.util.List;

/**
 * Writes the conditions of a verdict. What a verdict does not know about stays as it was said
 * before; Reconciling, Stalled and Drifted stand only while they hold.
 */
final class ConditionAuthor {
  private static final List<StreamTableCondition> KEPT =
      List.of(
          StreamTableCondition.QUERY_VALID,
          StreamTableCondition.POPULATED,
          StreamTableCondition.REFRESH_SUCCEEDED,
          StreamTableCondition.FRESH);

  private final MaintainedConditions maintained = new MaintainedConditions();

  Conditions write(Verdict verdict, Facts facts) {
    ConditionDraft draft = new ConditionDraft(facts.generation(), facts.now());
    switch (verdict) {
      case Verdict.Stopped stopped -> stopped(stopped, draft, facts);
      case Verdict.Away away -> away(away, draft, facts);
      case Verdict.Followed followed -> followed(followed, draft, facts);
      case Verdict.Starting starting -> starting(starting, draft, facts);
      case Verdict.Waiting waiting -> waiting(waiting, draft, facts);
      case Verdict.Maintained known -> maintained.write(known, facts, draft);
    }
    return draft.conditions().after(facts.previous().conditions());
  }

  private static void stopped(Verdict.Stopped stopped, ConditionDraft draft, Facts facts) {
    draft.isFalse(StreamTableCondition.READY, stopped.ready(), stopped.message());
    stopped
        .query()
        .ifPresent(
            reason -> draft.isFalse(StreamTableCondition.QUERY_VALID, reason, stopped.message()));
    draft.isTrue(StreamTableCondition.STALLED, stopped.stalled(), stopped.message());
    keep(draft, facts, KEPT);
    keep(draft, facts, List.of(StreamTableCondition.DATABASE_REACHABLE));
  }

  private static void away(Verdict.Away away, ConditionDraft draft, Facts facts) {
    draft.isFalse(StreamTableCondition.DATABASE_REACHABLE, away.reach(), away.message());
    boolean populated =
        new Conditions(facts.previous().conditions()).isTrue(StreamTableCondition.POPULATED);
    if (away.reach() == StreamTableReason.HIBERNATED && populated) {
      draft.isTrue(
          StreamTableCondition.READY,
          StreamTableReason.HIBERNATED,
          "the Cluster is hibernated; the table is there when it wakes up");
    } else {
      draft.isFalse(
          StreamTableCondition.READY, StreamTableReason.DATABASE_UNAVAILABLE, away.message());
      draft.isTrue(
          StreamTableCondition.RECONCILING, StreamTableReason.WAITING_FOR_DATABASE, away.message());
    }
    keep(draft, facts, KEPT);
  }

  private static void followed(Verdict.Followed followed, ConditionDraft draft, Facts facts) {
    draft.isTrue(
        StreamTableCondition.READY,
        StreamTableReason.REPLICA_CLUSTER,
        "readers have the rows that come from the other cluster, which keeps them current");
    draft.isFalse(
        StreamTableCondition.DATABASE_REACHABLE,
        StreamTableReason.REPLICA_CLUSTER,
        followed.message());
    draft.isTrue(StreamTableCondition.POPULATED, StreamTableReason.LOADED, "readers have rows");
    keep(draft, facts, KEPT);
  }

  private static void starting(Verdict.Starting starting, ConditionDraft draft, Facts facts) {
    draft.isFalse(StreamTableCondition.READY, StreamTableReason.PENDING, starting.message());
    draft.isTrue(
        StreamTableCondition.RECONCILING, StreamTableReason.VALIDATING, starting.message());
    keep(draft, facts, KEPT);
    keep(draft, facts, List.of(StreamTableCondition.DATABASE_REACHABLE));
  }

  private static void waiting(Verdict.Waiting waiting, ConditionDraft draft, Facts facts) {
    draft.isFalse(StreamTableCondition.READY, waiting.ready(), waiting.message());
    draft.isTrue(StreamTableCondition.RECONCILING, waiting.reconciling(), waiting.message());
    draft.connected();
    keep(draft, facts, KEPT);
  }

  private static void keep(
      ConditionDraft draft, Facts facts, List<StreamTableCondition> conditions) {
    for (StreamTableCondition type : conditions) {
      for (Condition before : facts.previous().conditions()) {
        if (before.isOf(type)) {
          draft.keep(before);
        }
      }
    }
  }
}
