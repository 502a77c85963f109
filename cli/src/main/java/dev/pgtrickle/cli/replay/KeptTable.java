package dev.pgtrickle.cli.replay;

import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.runtime.RefreshReport;
import dev.pgtrickle.engine.runtime.StreamTableEngine;
import dev.pgtrickle.engine.verify.VerificationResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The stream table of a case in one mode, from its creation to the first difference or to the end.
 */
final class KeptTable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final ReplayMode mode;
  private final StreamTableEngine engine;
  private final StreamTableDefinition definition;
  private final CaseSession session;
  private final List<String> notes = new ArrayList<>();
  private @Nullable Outcome end;
  private @Nullable Instant lastRefresh;
  private int comparisons;
  private int byChanges;
  private int full;

  KeptTable(
      ReplayMode mode,
      StreamTableEngine engine,
      StreamTableDefinition definition,
      CaseSession session) {
    this.mode = mode;
    this.engine = engine;
    this.definition = definition;
    this.session = session;
  }

  ReplayMode mode() {
    return mode;
  }

  /** Whether there is nothing more to find out. */
  boolean isOver() {
    return end != null;
  }

  /** Asks for the table; refused or not is known then. */
  void create() {
    try {
      engine.apply(definition);
    } catch (TrickleException failure) {
      creationFailed(failure);
    }
  }

  /** Waits until it has its rows, and compares. */
  void awaitCreation() {
    try {
      engine.await(relation(), PATIENCE).lastRefresh().ifPresent(this::isCounted);
      compare("its creation");
    } catch (TrickleException failure) {
      creationFailed(failure);
    }
  }

  private void creationFailed(TrickleException failure) {
    if (failure.code().kind() == ErrorCode.Kind.USER && failure.code() != ErrorCode.QUERY_FAILED) {
      over(Outcome.REFUSED, failure.oneLine());
    } else {
      failed("its creation", failure);
    }
  }

  /**
   * Refreshes and compares.
   *
   * @param place what happened before, for people
   */
  void refresh(String place) {
    try {
      count(engine.refresh(relation(), Optional.empty(), PATIENCE));
      compare(place);
    } catch (TrickleException failure) {
      failed(place, failure);
    }
  }

  /** What is found out elsewhere. */
  void blame(String what) {
    if (end != Outcome.DIFFERENT) {
      over(Outcome.DIFFERENT, what);
    }
  }

  void note(String note) {
    notes.add(note);
  }

  Outcome outcome() {
    if (end != null) {
      return end;
    }
    return comparisons == 0 ? Outcome.REFUSED : Outcome.EXACT;
  }

  /** Why it is refused although its plan is not, with the code. */
  Optional<String> refusal() {
    if (outcome() != Outcome.REFUSED) {
      return Optional.empty();
    }
    return Optional.of(
        end == null
            ? ErrorCode.QUERY_FAILED.word() + ": it cannot be computed over the rows at any time"
            : notes.getFirst());
  }

  String detail() {
    List<String> parts = new ArrayList<>(notes);
    if (end == null && comparisons > 0) {
      parts.addFirst(before());
    }
    return String.join("; ", parts);
  }

  private String before() {
    return "equal %d times; %d refreshes by changes, %d full"
        .formatted(comparisons, byChanges, full);
  }

  private QualifiedName relation() {
    return definition.relation();
  }

  private void count(RefreshReport report) {
    if (isCounted(report)) {
      return;
    }
    if (report.mode().equals(RefreshMode.DIFFERENTIAL.word())) {
      byChanges++;
    } else {
      full++;
    }
  }

  /** A refresh that finds no change leaves the report of the one before. */
  private boolean isCounted(RefreshReport report) {
    boolean counted = report.finishedAt().equals(lastRefresh);
    lastRefresh = report.finishedAt();
    return counted;
  }

  private void compare(String place) {
    VerificationResult result = engine.verify(relation());
    switch (result.verdict()) {
      case EXACT -> comparisons++;
      case DIFFERENT ->
          over(
              Outcome.DIFFERENT,
              "after %s: %d missing, %d surplus: %s"
                  .formatted(
                      place,
                      result.missing(),
                      result.surplus(),
                      String.join(" ", result.examples())));
      case NOT_COMPARABLE ->
          over(Outcome.NOT_COMPARABLE, "over the same rows the query has several answers");
      case NOT_POPULATED -> over(Outcome.DIFFERENT, "after " + place + ": readers have no rows");
      case REFRESH_DUE ->
          over(
              Outcome.DIFFERENT,
              "after " + place + ": refreshed, and due for a full refresh all the same");
    }
  }

  /** A query that fails over these rows whoever asks is at fault itself. */
  private void failed(String place, TrickleException failure) {
    Optional<String> own = session.queryFailure(definition.query());
    if (own.isPresent()) {
      notes.add("after %s the query itself fails (%s)".formatted(place, own.get()));
    } else {
      over(Outcome.DIFFERENT, "after %s: %s".formatted(place, failure.oneLine()));
    }
  }

  private void over(Outcome outcome, String why) {
    end = outcome;
    notes.addFirst(why);
    if (comparisons > 0) {
      notes.add(1, before());
    }
  }
}
