package dev.pgtrickle.operator.streamtable;

import dev.pgtrickle.crds.Timestamp;
import dev.pgtrickle.crds.condition.Conditions;
import dev.pgtrickle.crds.streamtable.DatabaseStatus;
import dev.pgtrickle.crds.streamtable.FreshnessStatus;
import dev.pgtrickle.crds.streamtable.LastRefreshStatus;
import dev.pgtrickle.crds.streamtable.PendingDefinition;
import dev.pgtrickle.crds.streamtable.PlanStatus;
import dev.pgtrickle.crds.streamtable.ScheduleSource;
import dev.pgtrickle.crds.streamtable.ScheduleStatus;
import dev.pgtrickle.crds.streamtable.StorageStatus;
import dev.pgtrickle.crds.streamtable.StreamTableStatus;
import dev.pgtrickle.engine.runtime.RefreshReport;
import dev.pgtrickle.engine.runtime.StreamTableReport;
import dev.pgtrickle.operator.database.DatabaseStanding;
import dev.pgtrickle.operator.status.LagBucket;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes the whole status of a verdict. Pure. What nothing is known about stays as it was. */
final class StatusAuthor {
  private final ConditionAuthor conditions = new ConditionAuthor();
  private final RefreshRequests requests = new RefreshRequests();

  StreamTableStatus write(Verdict verdict, Facts facts, Gate gate, Progress progress) {
    StreamTableStatus before = facts.previous();
    Conditions said = conditions.write(verdict, facts);
    Optional<StreamTableReport> report =
        verdict instanceof Verdict.Maintained known
            ? Optional.of(known.report())
            : Optional.empty();
    return new StreamTableStatus(
        facts.generation(),
        relation(gate, before),
        report.map(StatusAuthor::plan).orElse(before.plan()),
        pending(verdict),
        schedule(facts, report, before),
        report.map(read -> freshness(read, before)).orElse(before.freshness()),
        report
            .flatMap(StreamTableReport::lastRefresh)
            .map(StatusAuthor::last)
            .orElse(before.lastRefresh()),
        requests.status(progress.relay(), report, Optional.ofNullable(before.refreshRequest())),
        report.map(StreamTableReport::consecutiveFailures).orElse(before.consecutiveFailures()),
        report.map(StatusAuthor::storage).orElse(before.storage()),
        database(progress, report, before),
        said.all());
  }

  private static @Nullable String relation(Gate gate, StreamTableStatus before) {
    return gate instanceof Gate.Open open
        ? open.table().definition().relation().toString()
        : before.relation();
  }

  private static PlanStatus plan(StreamTableReport report) {
    return new PlanStatus(
        empty(report.mode()),
        empty(report.reason()),
        empty(report.planClass()),
        report.life().operators().stream()
            .map(operator -> operator.operator() + ": " + operator.planClass())
            .toList(),
        report.sources(),
        List.of(),
        empty(report.life().queryHash()));
  }

  private static @Nullable PendingDefinition pending(Verdict verdict) {
    return verdict instanceof Verdict.Maintained known
        ? known
            .pending()
            .map(pending ->
                new PendingDefinition(
                    pending.definition().hash(),
                    pending.definition().summary(),
                    pending.definition().dependants()))
            .orElse(null)
        : null;
  }

  private static @Nullable ScheduleStatus schedule(
      Facts facts, Optional<StreamTableReport> report, StreamTableStatus before) {
    return report
        .map(read ->
            new ScheduleStatus(
                (facts.resource().getSpec().schedule() == null
                        ? ScheduleSource.OPERATOR_DEFAULT
                        : ScheduleSource.INLINE)
                    .word(),
                null,
                null,
                read.schedule(),
                null))
        .orElse(before.schedule());
  }

  private static @Nullable FreshnessStatus freshness(
      StreamTableReport report, StreamTableStatus before) {
    if (report.lag().isEmpty()) {
      return before.freshness();
    }
    Optional<LagBucket> shown =
        Optional.ofNullable(before.freshness())
            .map(FreshnessStatus::lag)
            .flatMap(LagBucket::ofWord);
    return new FreshnessStatus(
        report.dataTime().map(Timestamp::of).orElse(null),
        LagBucket.of(report.lag().get(), shown).word(),
        null,
        null);
  }

  private static LastRefreshStatus last(RefreshReport last) {
    return new LastRefreshStatus(
        Timestamp.of(last.finishedAt()),
        last.mode(),
        last.reason(),
        last.cause(),
        last.duration().toMillis(),
        last.rowsInserted(),
        last.rowsUpdated(),
        last.rowsDeleted(),
        "Succeeded");
  }

  private static StorageStatus storage(StreamTableReport report) {
    return new StorageStatus(report.rows(), report.bytes(), report.pendingChanges());
  }

  /** Only once something of ours is there: whoever deletes the resource learns from it. */
  private static @Nullable DatabaseStatus database(
      Progress progress, Optional<StreamTableReport> report, StreamTableStatus before) {
    if (report.isPresent()
        && progress.standing().orElse(null) instanceof DatabaseStanding.Served served) {
      return new DatabaseStatus(
          served.identity().systemId(),
          served.identity().timeline(),
          served.identity().majorVersion(),
          null,
          null);
    }
    return before.database();
  }

  private static @Nullable String empty(String text) {
    return text.isEmpty() ? null : text;
  }
}
