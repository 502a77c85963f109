package dev.pgtrickle.engine.runtime;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.QualifiedName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a table to be what was asked for. */
final class Waiting {
  /** A look reads the state of every table: who waits long must not keep the server busy. */
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);

  private final Supplier<List<StreamTableReport>> reports;
  private final Supplier<Optional<TrickleException>> ended;
  private final BooleanSupplier undecided;

  Waiting(
      Supplier<List<StreamTableReport>> reports,
      Supplier<Optional<TrickleException>> ended,
      BooleanSupplier undecided) {
    this.reports = reports;
    this.ended = ended;
    this.undecided = undecided;
  }

  StreamTableReport until(QualifiedName relation, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    Looks looks = new Looks(LONGEST_PAUSE, "the work goes on by itself");
    while (true) {
      Optional<TrickleException> end = ended.get();
      if (end.isPresent()) {
        throw end.get();
      }
      boolean late = System.nanoTime() >= deadline;
      boolean decided = !undecided.getAsBoolean();
      if (!decided && !late) {
        looks.pause();
        continue;
      }
      StreamTableReport report =
          reports.get().stream()
              .filter(candidate -> candidate.relation().equals(relation))
              .findFirst()
              .orElseThrow(() -> EngineClient.noSuchTable(relation));
      // Otherwise what the registry says may be of an earlier try.
      if (decided && isThere(report)) {
        return report;
      }
      if (late) {
        throw TrickleException.of(
            ErrorCode.TIMEOUT,
            "%s is still %s".formatted(relation, report.state()),
            "it goes on; see trickle status");
      }
      looks.pause();
    }
  }

  private static boolean isThere(StreamTableReport report) {
    return switch (report.phase()) {
      case ACTIVE, SUSPENDED -> true;
      case STALLED -> throw reason(report);
      case CREATING, LOADING, CHANGING, DELETING, RETAINED, ORPHANED -> false;
    };
  }

  private static TrickleException reason(StreamTableReport report) {
    return report
        .problem()
        .map(problem ->
            TrickleException.of(
                EngineClient.codeOf(problem.code()), problem.message(), problem.remedy()))
        .orElseGet(() ->
            TrickleException.of(
                ErrorCode.INTERNAL, report.relation() + " stands still", "see trickle status"));
  }
}
