package dev.pgtrickle.operator.streamtable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.crds.condition.Condition;
import dev.pgtrickle.crds.condition.ConditionStatus;
import dev.pgtrickle.crds.condition.Conditions;
import dev.pgtrickle.crds.streamtable.StreamTableCondition;
import dev.pgtrickle.crds.streamtable.StreamTableReason;
import dev.pgtrickle.crds.streamtable.StreamTableStatus;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.lifecycle.PendingDefinition;
import dev.pgtrickle.engine.runtime.StreamTableReport;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConditionAuthorTest {
  private final ConditionAuthor author = new ConditionAuthor();

  @Test
  void aTableThatServes() {
    assertThat(words(maintained(Reports.active())))
        .containsExactly(
            "Ready True Serving",
            "DatabaseReachable True Connected",
            "QueryValid True Differential",
            "Populated True Loaded",
            "RefreshSucceeded True Refreshed",
            "Fresh Unknown NoTarget");
  }

  /** The resource may have been made there just now: nothing was said of it before. */
  @Test
  void aReplicaClusterWithTheRows() {
    assertThat(words(new Verdict.Followed("the Cluster follows another one")))
        .containsExactly(
            "Ready True ReplicaCluster",
            "DatabaseReachable False ReplicaCluster",
            "Populated True Loaded");
  }

  @Test
  void aTableThatIsLoaded() {
    assertThat(words(maintained(Reports.loading())))
        .contains(
            "Ready False Initializing", "Populated False Loading", "Reconciling True Creating");
  }

  @ParameterizedTest
  @CsvSource({
    "suspended, Ready True Suspended",
    "changing, Ready False Rebuilding",
    "deleting, Ready False Deleting"
  })
  void whatThePhaseSays(String phase, String expected) {
    assertThat(words(maintained(Reports.of(phase)))).contains(expected);
  }

  @Test
  void aManualScheduleIsReadyAndSaysSo() {
    assertThat(words(maintained(Reports.manual()))).contains("Ready True ManualSchedule");
  }

  @Test
  void failuresCountFromTheFifthOn() {
    assertThat(words(maintained(Reports.failing(1))))
        .contains("Ready True Serving", "RefreshSucceeded False LockTimeout")
        .noneMatch(line -> line.startsWith("Reconciling"));
    assertThat(words(maintained(Reports.failing(5))))
        .contains("Ready False RefreshFailing", "Reconciling True Retrying");
  }

  /** Every code that the engine can stop a table with. */
  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void whatStandsStillIsStalledAndNeverReconciling(ErrorCode code) {
    List<String> stalled = words(maintained(Reports.stalled(code.word())));
    assertThat(stalled).anyMatch(line -> line.startsWith("Ready False"));
    assertThat(stalled).anyMatch(line -> line.startsWith("Stalled True"));
    assertThat(stalled).noneMatch(line -> line.startsWith("Reconciling"));

    Verdict refused = QueryReasons.refused(TrickleException.of(code, "what", "remedy"));
    assertThat(words(refused)).anyMatch(line -> line.startsWith("Stalled True"));
  }

  @ParameterizedTest
  @CsvSource({
    "NegativeMultiplicity, NegativeMultiplicity",
    "PermissionDenied, PermissionDenied",
    "PublicationForAllTables, PublicationForAllTables",
    "RepairLoop, RepairLoop",
    "DependantsExist, DependantsExist",
    "SomethingNew, RetriesExhausted",
    "Unsupported, UnsupportedQuery"
  })
  void codesHaveTheirReason(String code, String reason) {
    assertThat(words(maintained(Reports.stalled(code)))).contains("Stalled True " + reason);
  }

  @ParameterizedTest
  @EnumSource(
      value = StreamTableReason.class,
      names = {
        "RELATION_MISSING",
        "COLUMNS_CHANGED",
        "CAPTURE_MISSING",
        "ROWS_MODIFIED",
        "GRANTS_CHANGED",
        "INDEX_MISSING"
      })
  void driftIsSaidWhileItLasts(StreamTableReason kind) {
    assertThat(words(maintained(Reports.drifted(kind.word()))))
        .contains("Drifted True " + kind.word());
    assertThat(words(maintained(Reports.active()))).noneMatch(line -> line.startsWith("Drifted"));
  }

  @Test
  void aChangeThatWaitsLeavesTheTableReady() {
    Verdict waiting =
        new Verdict.Maintained(
            Reports.active(),
            Optional.of(
                new Verdict.Pending(
                    StreamTableReason.AWAITING_APPROVAL,
                    new PendingDefinition("3fa9c1d20b77", "a column is added", List.of()))));
    Conditions conditions = author.write(waiting, SampleFacts.facts(StreamTableStatus.empty()));
    assertThat(words(conditions)).contains("Ready True Serving", "Stalled True AwaitingApproval");
    assertThat(conditions.find(StreamTableCondition.STALLED).orElseThrow().message())
        .contains("3fa9c1d20b77");
  }

  @ParameterizedTest
  @EnumSource(
      value = StreamTableReason.class,
      names = {"AWAITING_APPROVAL", "CHANGE_REJECTED"})
  void whileAChangeWaitsFailuresCountAsEver(StreamTableReason reason) {
    assertThat(words(pending(reason, Reports.failing(4))))
        .contains("Ready True Serving", "Stalled True " + reason.word());
    assertThat(words(pending(reason, Reports.failing(5))))
        .contains(
            "Ready False RefreshFailing",
            "RefreshSucceeded False LockTimeout",
            "Stalled True " + reason.word())
        .noneMatch(line -> line.startsWith("Reconciling"));
  }

  private static Verdict pending(StreamTableReason reason, StreamTableReport report) {
    return new Verdict.Maintained(
        report,
        Optional.of(
            new Verdict.Pending(
                reason, new PendingDefinition("3fa9c1d20b77", "a column is added", List.of()))));
  }

  @Test
  void aHibernatedClusterKeepsALoadedTableReady() {
    Verdict away = new Verdict.Away(StreamTableReason.HIBERNATED, "hibernated", Reports.NOW);
    assertThat(words(away)).contains("Ready False DatabaseUnavailable");
    StreamTableStatus loaded =
        status(
            author.write(
                maintained(Reports.active()), SampleFacts.facts(StreamTableStatus.empty())));
    assertThat(words(author.write(away, SampleFacts.facts(loaded))))
        .contains("Ready True Hibernated", "DatabaseReachable False Hibernated")
        .noneMatch(line -> line.startsWith("Reconciling"));
  }

  @Test
  void whatIsNotKnownNowStaysAsItWasSaid() {
    Conditions before =
        author.write(maintained(Reports.active()), SampleFacts.facts(StreamTableStatus.empty()));
    Conditions after =
        author.write(
            new Verdict.Away(StreamTableReason.UNREACHABLE, "no answer", Reports.NOW),
            SampleFacts.facts(status(before)));
    assertThat(words(after))
        .contains(
            "Populated True Loaded",
            "QueryValid True Differential",
            "DatabaseReachable False Unreachable",
            "Reconciling True WaitingForDatabase");
  }

  @Test
  void theTimeMovesOnlyWhenTheStatusFlips() {
    Conditions before =
        author.write(maintained(Reports.active()), SampleFacts.facts(StreamTableStatus.empty()));
    Facts later = SampleFacts.facts(status(before), Reports.NOW.plusSeconds(60), Optional.empty());
    Condition ready =
        author
            .write(maintained(Reports.of("suspended")), later)
            .find(StreamTableCondition.READY)
            .orElseThrow();
    assertThat(ready.reason()).isEqualTo("Suspended");
    assertThat(ready.lastTransitionTime().instant()).isEqualTo(Reports.NOW);
    Condition changing =
        author
            .write(maintained(Reports.of("changing")), later)
            .find(StreamTableCondition.READY)
            .orElseThrow();
    assertThat(changing.status()).isEqualTo(ConditionStatus.FALSE);
    assertThat(changing.lastTransitionTime().instant()).isEqualTo(Reports.NOW.plusSeconds(60));
  }

  private static Verdict maintained(StreamTableReport report) {
    return new Verdict.Maintained(report, Optional.empty());
  }

  private static StreamTableStatus status(Conditions conditions) {
    return new StreamTableStatus(
        4L, null, null, null, null, null, null, null, null, null, null, conditions.all());
  }

  private List<String> words(Verdict verdict) {
    return words(author.write(verdict, SampleFacts.facts(StreamTableStatus.empty())));
  }

  private static List<String> words(Conditions conditions) {
    return conditions.all().stream()
        .map(condition ->
            "%s %s %s"
                .formatted(
                    condition.type(),
                    dev.pgtrickle.crds.Word.of(condition.status().name()),
                    condition.reason()))
        .toList();
  }
}
