package dev.pgtrickle.operator.streamtable;

import dev.pgtrickle.crds.EventReason;
import dev.pgtrickle.crds.condition.Condition;
import dev.pgtrickle.crds.condition.Conditions;
import dev.pgtrickle.crds.streamtable.DatabaseStatus;
import dev.pgtrickle.crds.streamtable.RefreshRequestStatus;
import dev.pgtrickle.crds.streamtable.ScheduleStatus;
import dev.pgtrickle.crds.streamtable.StreamTableCondition;
import dev.pgtrickle.crds.streamtable.StreamTableReason;
import dev.pgtrickle.crds.streamtable.StreamTableStatus;
import dev.pgtrickle.engine.lifecycle.ApplyOutcome;
import dev.pgtrickle.operator.event.EventNote;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is worth an event, from two statuses and what the engine answered. Pure. */
final class EventAuthor {
  private static final int[] FAILURES_TOLD = {1, 10, 100};

  /** What the engine's answer means for people; told once, when it is new. */
  List<EventNote> ofAnswer(Answer answer, String relation) {
    return switch (answer) {
      case Answer.Refused refused ->
          List.of(
              new EventNote(
                  EventReason.INVALID_QUERY,
                  refused.reason().code().word(),
                  refused.reason().what() + "; " + refused.reason().remedy()));
      case Answer.Postponed postponed -> List.of();
      case Answer.Decided decided -> ofOutcome(decided.outcome(), relation);
    };
  }

  private static List<EventNote> ofOutcome(ApplyOutcome outcome, String relation) {
    return switch (outcome) {
      case ApplyOutcome.Created created ->
          List.of(new EventNote(EventReason.CREATED, relation, relation + " is being created"));
      case ApplyOutcome.Adopted adopted ->
          List.of(
              new EventNote(
                  EventReason.ADOPTED,
                  relation,
                  "%s, which belonged to %s, was taken over"
                      .formatted(relation, adopted.previous())));
      case ApplyOutcome.Renamed renamed ->
          List.of(
              new EventNote(
                  EventReason.ADOPTED,
                  renamed.keptAs(),
                  "the relation that was in the way is kept as " + renamed.keptAs()));
      case ApplyOutcome.Changed changed ->
          List.of(
              new EventNote(
                  EventReason.DEFINITION_CHANGED,
                  changed.extent().name() + relation,
                  switch (changed.extent()) {
                    case SETTINGS -> "settings were changed; the rows stay as they are";
                    case ROWS -> "the query was changed; readers see the old answer meanwhile";
                  }));
      case ApplyOutcome.Conflict conflict ->
          List.of(
              new EventNote(
                  EventReason.CONFLICT,
                  conflict.owner().toString(),
                  "%s is owned by %s".formatted(relation, conflict.owner())));
      case ApplyOutcome.ObjectExists exists ->
          List.of(
              new EventNote(
                  EventReason.CONFLICT,
                  relation,
                  "a relation %s is there and is not ours".formatted(relation)));
      case ApplyOutcome.AdoptionRefused refused ->
          List.of(
              new EventNote(
                  EventReason.CONFLICT,
                  refused.previous().toString(),
                  "%s belonged to %s, which left it or is in another database"
                      .formatted(relation, refused.previous())));
      case ApplyOutcome.AwaitingApproval awaiting ->
          List.of(
              new EventNote(
                  EventReason.DEFINITION_CHANGED,
                  awaiting.pending().hash(),
                  "a new definition waits for approval: " + awaiting.pending().summary()));
      case ApplyOutcome.ChangeRejected rejected ->
          List.of(
              new EventNote(
                  EventReason.CONFLICT,
                  rejected.pending().hash(),
                  "a new definition was rejected: " + rejected.pending().summary()));
      case ApplyOutcome.Unchanged unchanged -> List.of();
      case ApplyOutcome.AwaitingOwner waiting -> List.of();
    };
  }

  /** What changed between two statuses. */
  List<EventNote> ofChange(StreamTableStatus before, StreamTableStatus after) {
    List<EventNote> notes = new ArrayList<>();
    suspension(before, after, notes);
    failures(before, after, notes);
    drift(before, after, notes);
    refreshRequest(before, after, notes);
    schedule(before, after, notes);
    primary(before, after, notes);
    rebuilt(before, after, notes);
    fellBack(before, after, notes);
    return notes;
  }

  private static void suspension(
      StreamTableStatus before, StreamTableStatus after, List<EventNote> notes) {
    String suspended = StreamTableReason.SUSPENDED.word();
    boolean was = reason(before, StreamTableCondition.READY).equals(suspended);
    boolean is = reason(after, StreamTableCondition.READY).equals(suspended);
    if (!was && is) {
      notes.add(new EventNote(EventReason.SUSPENDED, "", "the table is not refreshed any more"));
    } else if (was && reason(after, StreamTableCondition.READY).equals("Serving")) {
      notes.add(new EventNote(EventReason.RESUMED, "", "the table is refreshed again"));
    }
  }

  private static void failures(
      StreamTableStatus before, StreamTableStatus after, List<EventNote> notes) {
    int was = before.consecutiveFailures() == null ? 0 : before.consecutiveFailures();
    int is = after.consecutiveFailures() == null ? 0 : after.consecutiveFailures();
    for (int limit : FAILURES_TOLD) {
      if (was < limit && is >= limit) {
        notes.add(
            new EventNote(
                EventReason.REFRESH_FAILED,
                String.valueOf(limit),
                "failure %d in a row: %s"
                    .formatted(is, message(after, StreamTableCondition.REFRESH_SUCCEEDED))));
        return;
      }
    }
  }

  private static void drift(
      StreamTableStatus before, StreamTableStatus after, List<EventNote> notes) {
    String was = reason(before, StreamTableCondition.DRIFTED);
    String is = reason(after, StreamTableCondition.DRIFTED);
    if (!is.isEmpty() && !is.equals(was)) {
      notes.add(
          new EventNote(
              EventReason.DRIFT_DETECTED, is, message(after, StreamTableCondition.DRIFTED)));
    } else if (!was.isEmpty() && is.isEmpty()) {
      notes.add(new EventNote(EventReason.DRIFT_REPAIRED, was, "what had drifted is as it was"));
    }
  }

  private static void refreshRequest(
      StreamTableStatus before, StreamTableStatus after, List<EventNote> notes) {
    RefreshRequestStatus request = after.refreshRequest();
    RefreshRequestStatus earlier = before.refreshRequest();
    if (request != null
        && request.token() != null
        && (earlier == null || !request.token().equals(earlier.token()))) {
      notes.add(
          new EventNote(EventReason.REFRESH_REQUESTED, request.token(), "a refresh was asked for"));
    }
  }

  private static void schedule(
      StreamTableStatus before, StreamTableStatus after, List<EventNote> notes) {
    ScheduleStatus was = before.schedule();
    ScheduleStatus is = after.schedule();
    if (was != null
        && is != null
        && was.effective() != null
        && is.effective() != null
        && !was.effective().equals(is.effective())) {
      notes.add(
          new EventNote(
              EventReason.SCHEDULE_CHANGED,
              is.effective(),
              "from %s to %s".formatted(was.effective(), is.effective())));
    }
  }

  private static void primary(
      StreamTableStatus before, StreamTableStatus after, List<EventNote> notes) {
    DatabaseStatus was = before.database();
    DatabaseStatus is = after.database();
    if (was == null || is == null || was.timeline() == null || is.timeline() == null) {
      return;
    }
    if (was.systemId() != null && !was.systemId().equals(is.systemId())) {
      notes.add(
          new EventNote(
              EventReason.LINEAGE_CHANGED,
              String.valueOf(is.systemId()),
              "another server answers under the Cluster's name"));
    } else if (!was.timeline().equals(is.timeline())) {
      notes.add(
          new EventNote(
              EventReason.PRIMARY_CHANGED,
              String.valueOf(is.timeline()),
              "the Cluster has another primary; its timeline is now " + is.timeline()));
    }
  }

  private static void rebuilt(
      StreamTableStatus before, StreamTableStatus after, List<EventNote> notes) {
    boolean was =
        reason(before, StreamTableCondition.READY).equals(StreamTableReason.REBUILDING.word());
    if (was && new Conditions(after.conditions()).isTrue(StreamTableCondition.READY)) {
      notes.add(new EventNote(EventReason.REBUILT, "", "the new definition is in effect"));
    }
  }

  private static void fellBack(
      StreamTableStatus before, StreamTableStatus after, List<EventNote> notes) {
    String fell = StreamTableReason.FELL_BACK_TO_FULL.word();
    StreamTableCondition type = StreamTableCondition.REFRESH_SUCCEEDED;
    if (!reason(before, type).equals(fell) && reason(after, type).equals(fell)) {
      notes.add(new EventNote(EventReason.FELL_BACK_TO_FULL, "", message(after, type)));
    }
  }

  private static String reason(StreamTableStatus status, StreamTableCondition type) {
    return find(status, type).map(Condition::reason).orElse("");
  }

  private static String message(StreamTableStatus status, StreamTableCondition type) {
    return find(status, type).map(Condition::message).orElse("");
  }

  private static Optional<Condition> find(StreamTableStatus status, StreamTableCondition type) {
    return status.conditions().stream().filter(condition -> condition.isOf(type)).findFirst();
  }
}
