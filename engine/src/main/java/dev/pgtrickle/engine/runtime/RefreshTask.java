package dev.pgtrickle.engine.runtime;

import dev.pgtrickle.engine.catalog.RefreshRequest;
import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.FencedTransactions;
import dev.pgtrickle.engine.refresh.RefreshOrder;
import dev.pgtrickle.engine.refresh.RefreshResult;
import dev.pgtrickle.engine.refresh.RefreshUnit;
import dev.pgtrickle.engine.refresh.Refresher;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One refresh of a unit with all that may follow from it: remedies, failures, requests. */
final class RefreshTask {
  private static final int REMEDIES_IN_A_ROW = 3;

  private final Refresher refresher;
  private final RefreshRemedies remedies;
  private final RefreshFailures failures;
  private final EngineListener listener;
  private final RequestDesk desk;
  private final Clock clock;

  RefreshTask(
      Refresher refresher,
      RefreshRemedies remedies,
      RefreshFailures failures,
      FencedTransactions transactions,
      EngineListener listener,
      Clock clock) {
    this.refresher = refresher;
    this.remedies = remedies;
    this.failures = failures;
    this.listener = listener;
    this.desk = new RequestDesk(transactions, listener);
    this.clock = clock;
  }

  /** A table of the unit, who asked for it, and what is to be done next. */
  private record Turn(TableState state, Optional<RefreshRequest> request, RefreshOrder order) {
    Turn with(RefreshOrder next) {
      return new Turn(state, request, next);
    }
  }

  /** Never throws but FENCED_OUT, which ends the worker. */
  void run(DueUnit unit) {
    List<Turn> turns = unit.members().stream().map(this::begun).toList();
    Instant started = clock.instant();
    for (int tried = 0; !turns.isEmpty(); tried++) {
      turns = tried(turns, started, tried);
    }
  }

  private Turn begun(DueUnit.Member member) {
    Optional<RefreshRequest> request = member.state().nextRequest();
    request.ifPresent(desk::begun);
    RefreshOrder order =
        request
            .map(wish -> RefreshOrder.of(RefreshOrder.Cause.REQUEST, wish(wish)))
            .orElse(RefreshOrder.of(member.cause(), RefreshOrder.Wish.BEST));
    return new Turn(member.state(), request, order);
  }

  /** Those that are to be tried once more, after what stood in their way or in another's. */
  private List<Turn> tried(List<Turn> turns, Instant started, int before) {
    List<RefreshResult> results;
    try {
      results =
          refresher.refresh(
              new RefreshUnit(
                  turns.stream()
                      .map(turn -> new RefreshUnit.Member(turn.state().table(), turn.order()))
                      .toList()));
    } catch (TrickleException failure) {
      turns.forEach(turn -> failed(turn, failure));
      return List.of();
    }
    if (results.stream().allMatch(RefreshTask::isEnd)) {
      for (int index = 0; index < turns.size(); index++) {
        succeeded(turns.get(index), results.get(index), started);
      }
      return List.of();
    }
    Optional<TrickleException> passing =
        results.stream()
            .flatMap(result ->
                result instanceof RefreshResult.Failed failed
                    ? Stream.of(failed.reason())
                    : Stream.empty())
            .filter(reason -> reason.code().kind() == ErrorCode.Kind.TRANSIENT)
            .findFirst();
    if (passing.isPresent()) {
      // Soon all of them can be of one moment again: none goes ahead.
      turns.forEach(turn -> failed(turn, passing.get()));
      return List.of();
    }
    List<Turn> next = new ArrayList<>();
    for (int index = 0; index < turns.size(); index++) {
      again(turns.get(index), results.get(index), before).ifPresent(next::add);
    }
    return next;
  }

  private static boolean isEnd(RefreshResult result) {
    return result instanceof RefreshResult.Refreshed || result instanceof RefreshResult.Unchanged;
  }

  /** With what stood in its way put right, or empty when that cannot be. */
  private Optional<Turn> again(Turn turn, RefreshResult result, int before) {
    if (result instanceof RefreshResult.Postponed) {
      return Optional.of(turn);
    }
    try {
      if (before >= REMEDIES_IN_A_ROW) {
        throw keepsChanging(turn, result);
      }
      return remedies.after(turn.state(), turn.order(), result).map(turn::with);
    } catch (TrickleException failure) {
      failed(turn, failure);
      return Optional.empty();
    }
  }

  private static TrickleException keepsChanging(Turn turn, RefreshResult result) {
    return switch (result) {
      case RefreshResult.DeltaFailed failed -> failed.reason();
      case RefreshResult.Failed failed -> failed.reason();
      default ->
          TrickleException.of(
              ErrorCode.OBJECT_CHANGED,
              "the sources of %s keep changing under the refresh"
                  .formatted(turn.state().table().definition().relation()),
              "it is tried again by itself");
    };
  }

  private void succeeded(Turn turn, RefreshResult result, Instant started) {
    TableState state = turn.state();
    if (state.isInTrouble()) {
      failures.clearTrouble(state);
    }
    state.succeeded(started);
    turn.request().ifPresent(wish -> desk.succeeded(state, wish, describe(result)));
    if (result instanceof RefreshResult.Refreshed refreshed) {
      listener.on(new EngineEvent.Refreshed(state.table().definition().relation(), refreshed));
    }
  }

  private void failed(Turn turn, TrickleException failure) {
    failures.handle(turn.state(), turn.order(), failure);
    turn.request().ifPresent(wish -> desk.failed(turn.state(), wish, failure));
  }

  private static RefreshOrder.Wish wish(RefreshRequest request) {
    return request
        .mode()
        .map(mode ->
            mode == RefreshMode.FULL ? RefreshOrder.Wish.FULL : RefreshOrder.Wish.DIFFERENTIAL)
        .orElse(RefreshOrder.Wish.BEST);
  }

  private static String describe(RefreshResult result) {
    return result instanceof RefreshResult.Refreshed refreshed
        ? "%d inserted, %d updated, %d deleted"
            .formatted(refreshed.rowsInserted(), refreshed.rowsUpdated(), refreshed.rowsDeleted())
        : "no changes";
  }
}
