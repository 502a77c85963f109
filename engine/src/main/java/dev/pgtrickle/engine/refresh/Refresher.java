package dev.pgtrickle.engine.refresh;

import dev.pgtrickle.engine.capture.SourceLook;
import dev.pgtrickle.engine.capture.SourceState;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.BoundStatement;
import dev.pgtrickle.engine.postgres.FencedTransactions;
import dev.pgtrickle.engine.postgres.OpenSnapshot;
import dev.pgtrickle.engine.postgres.SnapshotPart;
import dev.pgtrickle.engine.postgres.SqlErrors;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * One refresh of a unit of tables: locks and snapshot in the first trip; frontiers, rows, history
 * and COMMIT in the second (P1, P2). Whatever fails, the old state of all of them stays.
 */
public final class Refresher {
  private final FencedTransactions transactions;
  private final RefreshChooser chooser;
  private final RefreshStateQueries stateQueries;
  private final RefreshScripts scripts;

  public Refresher(
      FencedTransactions transactions,
      RefreshChooser chooser,
      FrontierUpdate frontierUpdate,
      RefreshStateQueries stateQueries) {
    this.transactions = transactions;
    this.chooser = chooser;
    this.stateQueries = stateQueries;
    this.scripts = new RefreshScripts(frontierUpdate, stateQueries);
  }

  /** How the second part of a refresh goes to the server. */
  private enum Pace {
    /** All in one trip, with what is handed on estimated. Nobody can say whose a failure is. */
    TOGETHER,
    /** The same, but what is handed on is staged, so that its number does not matter. */
    STAGED,
    /** Staged, and a trip for each table, so that a failure is that table's. */
    ONE_BY_ONE
  }

  /** What came of a try. */
  private sealed interface Attempt {
    record Done(List<RefreshResult> results) implements Attempt {}

    /** Nothing was written; in another way it may succeed, or show whose fault it is. */
    record Again(Pace pace) implements Attempt {}
  }

  /** A member, what is to be done about it, and the statements of that. */
  private record Decided(
      RefreshUnit.Member member, RefreshChoice choice, Optional<RefreshScript> script) {

    /** Whether something has to be put right before it can be refreshed. */
    boolean isInTrouble() {
      return trouble().isPresent();
    }

    Optional<RefreshResult> trouble() {
      return switch (choice) {
        case RefreshChoice.RepairCapture repair ->
            Optional.of(new RefreshResult.CaptureBroken(repair.sourceId(), repair.reason()));
        case RefreshChoice.RenewWindows _ -> Optional.of(new RefreshResult.WindowsMoved());
        case RefreshChoice.Reanalyse reanalyse ->
            Optional.of(new RefreshResult.DefinitionChanged(reanalyse.reason()));
        default -> Optional.empty();
      };
    }
  }

  public RefreshResult refresh(MaintainedTable table, RefreshOrder order) {
    return refresh(RefreshUnit.of(table, order)).getFirst();
  }

  /**
   * Refreshes all members or none.
   *
   * @return a result for each member, in their order
   */
  public List<RefreshResult> refresh(RefreshUnit unit) {
    Attempt attempt = attempt(unit, Pace.TOGETHER);
    while (attempt instanceof Attempt.Again again) {
      attempt = attempt(unit, again.pace());
    }
    return ((Attempt.Done) attempt).results();
  }

  private Attempt attempt(RefreshUnit unit, Pace pace) {
    SourceLook look = stateQueries.forTables(unit.tables());
    return transactions.inSnapshot(
        RefreshLocks.writing(unit.tables(), transactions.lockTimeouts()),
        look.first(),
        (seen, snapshot) -> act(unit, pace, look.settled(seen, snapshot), snapshot));
  }

  private Attempt act(RefreshUnit unit, Pace pace, List<SourceState> states, OpenSnapshot snapshot)
      throws SQLException {
    List<Decided> decided = decide(unit, pace, states);
    if (decided.stream().anyMatch(Decided::isInTrouble)) {
      return new Attempt.Done(
          decided.stream()
              .map(each -> each.trouble().orElseGet(RefreshResult.Postponed::new))
              .toList());
    }
    if (decided.stream().allMatch(each -> each.script().isEmpty())) {
      Instant now = Instant.now();
      return new Attempt.Done(
          decided.stream().<RefreshResult>map(_ -> new RefreshResult.Unchanged(now)).toList());
    }
    return pace == Pace.ONE_BY_ONE
        ? new Attempt.Done(oneByOne(decided, snapshot))
        : together(decided, snapshot);
  }

  private List<Decided> decide(RefreshUnit unit, Pace pace, List<SourceState> states) {
    HandedOn handedOn =
        new HandedOn(
            pace == Pace.TOGETHER ? HandedOn.Counting.ESTIMATED : HandedOn.Counting.STAGED);
    List<Decided> decided = new ArrayList<>();
    for (RefreshUnit.Member member : unit.members()) {
      MaintainedTable table = member.table();
      List<SourceState> own =
          handedOn.expected(
              table,
              states.stream().filter(state -> state.versionId() == table.version().id()).toList());
      // Else a source was dropped and created again: the frontier is that of another table.
      RefreshChoice choice =
          own.size() == table.sources().size()
              ? chooser.choose(table.definition(), table.plan(), member.order(), own)
              : new RefreshChoice.Reanalyse("a source is another table than before");
      Optional<RefreshScript> script =
          scripts.script(table, member.order(), choice, own, handedOn.sources(table));
      handedOn.writes(table, choice);
      decided.add(new Decided(member, choice, script));
    }
    return decided;
  }

  private static Attempt together(List<Decided> decided, OpenSnapshot snapshot)
      throws SQLException {
    List<SnapshotPart<RefreshResult>> parts = new ArrayList<>();
    decided.forEach(each -> parts.addAll(parts(each, decided.size())));
    try {
      return new Attempt.Done(inOrder(decided, snapshot.commit(parts)));
    } catch (SQLException failure) {
      if (decided.size() == 1) {
        return new Attempt.Done(List.of(failed(decided.getFirst(), failure)));
      }
      if (HandedOn.isMoreThanExpected(failure)) {
        return new Attempt.Again(Pace.STAGED);
      }
      TrickleException reason = SqlErrors.translate(failure, "refreshing tables together");
      if (reason.code().kind() == ErrorCode.Kind.TRANSIENT) {
        throw reason;
      }
      return new Attempt.Again(Pace.ONE_BY_ONE);
    }
  }

  private static List<RefreshResult> oneByOne(List<Decided> decided, OpenSnapshot snapshot)
      throws SQLException {
    List<RefreshResult> written = new ArrayList<>();
    for (int index = 0; index < decided.size(); index++) {
      Decided each = decided.get(index);
      try {
        written.addAll(snapshot.ask(parts(each, decided.size())));
      } catch (SQLException failure) {
        List<RefreshResult> results =
            new ArrayList<>(Collections.nCopies(decided.size(), new RefreshResult.Postponed()));
        results.set(index, failedInUnit(each, failure));
        return results;
      }
    }
    snapshot.commit(List.<SnapshotPart<RefreshResult>>of());
    return inOrder(decided, written);
  }

  /** Members without a script have none among what was written. */
  private static List<RefreshResult> inOrder(List<Decided> decided, List<RefreshResult> written) {
    Instant now = Instant.now();
    List<RefreshResult> results = new ArrayList<>();
    int next = 0;
    for (Decided each : decided) {
      results.add(
          each.script().isPresent() ? written.get(next++) : new RefreshResult.Unchanged(now));
    }
    return results;
  }

  private static List<SnapshotPart<RefreshResult>> parts(Decided decided, int members) {
    List<SnapshotPart<RefreshResult>> parts = new ArrayList<>();
    decided
        .script()
        .ifPresent(script -> {
          MaintainedTable table = decided.member().table();
          if (members > 1) {
            RefreshLocks.own(table).forEach(setting -> addSilent(parts, setting));
          }
          script.beforeApply().forEach(statement -> parts.add(SnapshotPart.silent(statement)));
          parts.add(SnapshotPart.reported(script.apply(), row -> read(decided.choice(), row)));
          script.after().forEach(statement -> parts.add(SnapshotPart.silent(statement)));
          if (members > 1) {
            RefreshLocks.withoutOwn(table).forEach(setting -> addSilent(parts, setting));
            RefreshScripts.BY_INDEX_AGAIN.forEach(setting -> addSilent(parts, setting));
          }
        });
    return parts;
  }

  private static void addSilent(List<SnapshotPart<RefreshResult>> parts, String statement) {
    parts.add(SnapshotPart.silent(BoundStatement.of(statement)));
  }

  /** A single table's failure is thrown, but for one that a full refresh may get round. */
  private static RefreshResult failed(Decided decided, SQLException failure) {
    RefreshResult result = failedInUnit(decided, failure);
    if (result instanceof RefreshResult.Failed failed) {
      throw failed.reason();
    }
    return result;
  }

  private static RefreshResult failedInUnit(Decided decided, SQLException failure) {
    TrickleException reason = translated(decided, failure);
    boolean delta =
        decided.choice() instanceof RefreshChoice.SmallDelta
            || decided.choice() instanceof RefreshChoice.LargeDelta;
    return delta && reason.code() == ErrorCode.QUERY_FAILED
        ? new RefreshResult.DeltaFailed(reason)
        : new RefreshResult.Failed(reason);
  }

  private static TrickleException translated(Decided decided, SQLException failure) {
    return ApplyErrors.translate(failure, decided.member().table().definition().relation());
  }

  private static RefreshResult read(RefreshChoice choice, ResultSet row) throws SQLException {
    row.next();
    return new RefreshResult.Refreshed(
        choice,
        row.getTimestamp("finished_at").toInstant(),
        Duration.ofNanos(Math.round(row.getDouble("millis") * 1_000_000)),
        row.getLong("rows_inserted"),
        row.getLong("rows_updated"),
        row.getLong("rows_deleted"));
  }
}
