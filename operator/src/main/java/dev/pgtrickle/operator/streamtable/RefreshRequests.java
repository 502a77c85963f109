package dev.pgtrickle.operator.streamtable;

import dev.pgtrickle.crds.Timestamp;
import dev.pgtrickle.crds.Word;
import dev.pgtrickle.crds.streamtable.RefreshRequestState;
import dev.pgtrickle.crds.streamtable.RefreshRequestStatus;
import dev.pgtrickle.engine.runtime.StreamTableReport;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which request is passed on to the engine, and what the status says of it. Pure. What was read may
 * be older than what the engine was told since: the status never goes back to an earlier request.
 */
final class RefreshRequests {

  /**
   * The request that the engine has to be told of. One that it was told of and does not show is
   * told again until it does: it may have been lost with a primary. By its token it is performed
   * once.
   */
  Optional<RefreshWish> due(
      Optional<RefreshWish> asked,
      Optional<RefreshRequestStatus> handled,
      Optional<StreamTableReport> report) {
    return asked.filter(wish ->
        wish.isNewerThan(handled.map(RefreshRequestStatus::token))
            || (handled.filter(status -> isOpen(status, wish)).isPresent()
                && report.filter(read -> !shows(read, wish)).isPresent()));
  }

  @Nullable RefreshRequestStatus status(
      Relay relay, Optional<StreamTableReport> report, Optional<RefreshRequestStatus> previous) {
    Optional<StreamTableReport.Request> known = report.flatMap(read -> read.life().request());
    if (relay instanceof Relay.Accepted accepted
        && report.filter(read -> shows(read, accepted.wish())).isEmpty()) {
      return accepted(accepted.wish());
    }
    return known
        .filter(request -> previous.filter(said -> isAfter(said, request)).isEmpty())
        .map(RefreshRequests::read)
        .or(() -> previous)
        .orElse(null);
  }

  private static boolean isOpen(RefreshRequestStatus status, RefreshWish wish) {
    return wish.token().equals(status.token())
        && (RefreshRequestState.ACCEPTED.word().equals(status.state())
            || RefreshRequestState.RUNNING.word().equals(status.state()));
  }

  private static boolean shows(StreamTableReport report, RefreshWish wish) {
    return report
        .life()
        .request()
        .map(StreamTableReport.Request::token)
        .filter(wish.token()::equals)
        .isPresent();
  }

  /** Tokens that are no times come from elsewhere, and have no order. */
  private static boolean isAfter(RefreshRequestStatus said, StreamTableReport.Request request) {
    Optional<RefreshWish> read = RefreshWish.parse(request.token());
    return read.isPresent()
        && Optional.ofNullable(said.token())
            .flatMap(RefreshWish::parse)
            .filter(later -> later.time().isAfter(read.get().time()))
            .isPresent();
  }

  private static RefreshRequestStatus accepted(RefreshWish wish) {
    return new RefreshRequestStatus(
        wish.token(),
        RefreshRequestState.ACCEPTED.word(),
        wish.mode().map(mode -> Word.of(mode.name())).orElse(null),
        null,
        null);
  }

  private static RefreshRequestStatus read(StreamTableReport.Request request) {
    return new RefreshRequestStatus(
        request.token(),
        request.state(),
        request.mode().orElse(null),
        request.finishedAt().map(Timestamp::of).orElse(null),
        request.message().isEmpty() ? null : request.message());
  }
}
