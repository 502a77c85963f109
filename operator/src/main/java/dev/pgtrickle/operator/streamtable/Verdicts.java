package dev.pgtrickle.operator.streamtable;

import dev.pgtrickle.binding.problem.Problem;
import dev.pgtrickle.cnpg.primary.PrimaryDecision;
import dev.pgtrickle.crds.streamtable.StreamTableReason;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.lifecycle.ApplyOutcome;
import dev.pgtrickle.engine.runtime.StreamTableReport;
import dev.pgtrickle.operator.database.DatabaseStanding;
import dev.pgtrickle.operator.database.DatabaseTrouble;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Comes to the verdict. Pure: the same facts lead to the same words. */
final class Verdicts {

  Verdict of(Facts facts, Gate gate, Progress progress) {
    return switch (gate) {
      case Gate.HandsOff handsOff -> throw new IllegalStateException("hands off says nothing");
      case Gate.Refused refused -> refused(refused.problems());
      case Gate.Away away when progress.replica() == Progress.Replica.ROWS_CAME_ALONG ->
          new Verdict.Followed(away.primary().message());
      case Gate.Away away ->
          new Verdict.Away(
              Reaches.of(away.primary().trouble()),
              away.primary().message(),
              away.primary().since());
      case Gate.Settling settling ->
          new Verdict.Starting(
              "the Cluster's primary is settling",
              settling.until().minus(PrimaryDecision.DEBOUNCE));
      case Gate.Open open ->
          progress
              .standing()
              .map(standing -> standing(standing, progress))
              .orElse(new Verdict.Starting("the database has not been asked yet", facts.now()));
    };
  }

  private static Verdict refused(List<Problem> problems) {
    String message =
        problems.stream()
            .map(
                problem -> "%s: %s; %s".formatted(problem.path(), problem.what(), problem.remedy()))
            .collect(Collectors.joining(" | "));
    StreamTableReason reason = reason(problems);
    return new Verdict.Stopped(reason, reason, Optional.empty(), message);
  }

  /** What is merely of a later release says so only when nothing is really wrong. */
  private static StreamTableReason reason(List<Problem> problems) {
    if (problems.stream().allMatch(problem -> problem.code() == ErrorCode.UNSUPPORTED)) {
      return StreamTableReason.UNSUPPORTED;
    }
    boolean schedule =
        problems.stream()
            .filter(problem -> problem.code() != ErrorCode.UNSUPPORTED)
            .allMatch(problem -> problem.path().toString().startsWith("spec.schedule"));
    return schedule ? StreamTableReason.INVALID_SCHEDULE : StreamTableReason.INVALID_QUERY;
  }

  private static Verdict standing(DatabaseStanding standing, Progress progress) {
    return switch (standing) {
      case DatabaseStanding.Opening opening ->
          new Verdict.Starting("connecting to the database", opening.since());
      case DatabaseStanding.Troubled troubled -> troubled(troubled);
      case DatabaseStanding.Served served ->
          progress
              .answer()
              .map(answer -> answered(answer, progress.report(), served.since()))
              .orElse(new Verdict.Starting("the definition is being looked at", served.since()));
    };
  }

  private static Verdict troubled(DatabaseStanding.Troubled troubled) {
    DatabaseTrouble trouble = troubled.trouble();
    String message = trouble.message() + "; " + trouble.remedy();
    return switch (trouble.kind()) {
      case NOT_ALLOWED -> stopped(StreamTableReason.PERMISSION_DENIED, message);
      case PERMISSION_DENIED -> stopped(StreamTableReason.PERMISSION_DENIED, message);
      case CONFLICT -> stopped(StreamTableReason.CONFLICT, message);
      case AUTHENTICATION_FAILED ->
          new Verdict.Away(StreamTableReason.AUTHENTICATION_FAILED, message, troubled.since());
      case TLS_VERIFICATION_FAILED ->
          new Verdict.Away(StreamTableReason.TLS_VERIFICATION_FAILED, message, troubled.since());
      case SECRET_NOT_FOUND, SECRET_NOT_OFFERED, SECRET_UNUSABLE ->
          new Verdict.Away(StreamTableReason.SECRET_NOT_FOUND, message, troubled.since());
      case UNREACHABLE, OWNED_ELSEWHERE ->
          new Verdict.Away(StreamTableReason.UNREACHABLE, message, troubled.since());
    };
  }

  private static Verdict answered(
      Answer answer, Optional<StreamTableReport> report, Instant since) {
    return switch (answer) {
      case Answer.Refused refused -> QueryReasons.refused(refused.reason());
      case Answer.Postponed postponed ->
          new Verdict.Waiting(
              StreamTableReason.PENDING,
              StreamTableReason.RETRYING,
              postponed.reason().what() + "; it is tried again by itself");
      case Answer.Decided decided -> decided(decided.outcome(), report, since);
    };
  }

  private static Verdict decided(
      ApplyOutcome outcome, Optional<StreamTableReport> report, Instant since) {
    return switch (outcome) {
      case ApplyOutcome.Conflict conflict ->
          stopped(StreamTableReason.CONFLICT, "the relation is owned by " + conflict.owner());
      case ApplyOutcome.AdoptionRefused refused ->
          stopped(
              StreamTableReason.CONFLICT,
              "the relation belonged to "
                  + refused.previous()
                  + ", which left it or is in another database; set adoptionPolicy: IfOrphaned to"
                  + " take it over");
      case ApplyOutcome.ObjectExists exists ->
          stopped(
              StreamTableReason.OBJECT_EXISTS,
              "a relation of that name is there and is not ours; choose another spec.table.name,"
                  + " or set adoptionPolicy: RenameExisting");
      case ApplyOutcome.AwaitingOwner waiting ->
          new Verdict.Waiting(
              StreamTableReason.WAITING_FOR_DEPENDENCY,
              StreamTableReason.WAITING_FOR_DEPENDENCY,
              "waiting for %s to leave the relation".formatted(waiting.owner()));
      case ApplyOutcome.AwaitingApproval awaiting ->
          maintained(
              report,
              since,
              Optional.of(
                  new Verdict.Pending(StreamTableReason.AWAITING_APPROVAL, awaiting.pending())));
      case ApplyOutcome.ChangeRejected rejected ->
          maintained(
              report,
              since,
              Optional.of(
                  new Verdict.Pending(StreamTableReason.CHANGE_REJECTED, rejected.pending())));
      case ApplyOutcome.Created created -> maintained(report, since, Optional.empty());
      case ApplyOutcome.Unchanged unchanged -> maintained(report, since, Optional.empty());
      case ApplyOutcome.Changed changed -> maintained(report, since, Optional.empty());
      case ApplyOutcome.Adopted adopted -> maintained(report, since, Optional.empty());
      case ApplyOutcome.Renamed renamed -> maintained(report, since, Optional.empty());
    };
  }

  private static Verdict maintained(
      Optional<StreamTableReport> report, Instant since, Optional<Verdict.Pending> pending) {
    return report
        .<Verdict>map(read -> new Verdict.Maintained(read, pending))
        .orElse(new Verdict.Starting("the relation is being created", since));
  }

  private static Verdict stopped(StreamTableReason reason, String message) {
    return new Verdict.Stopped(reason, reason, Optional.empty(), message);
  }
}
