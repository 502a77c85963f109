package dev.pgtrickle.cli.stress.writer;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the writers of a run did, together. */
public final class WriterStatistics {
  private static final int KEPT_SURPRISES = 20;

  private final Map<String, Long> committed = new TreeMap<>();
  private final Map<String, Long> refused = new TreeMap<>();
  private final List<String> surprises = new ArrayList<>();
  private Duration longest = Duration.ZERO;
  private String longestStatement = "";

  synchronized void done(Writer writer) {
    committed.merge(writer.getClass().getSimpleName(), 1L, Long::sum);
  }

  /** A failure that applications know: a conflict between writers, a lost server. */
  synchronized void refused(SQLException failure) {
    refused.merge(String.valueOf(failure.getSQLState()), 1L, Long::sum);
  }

  /** A failure that no application would have without the product. */
  synchronized void surprised(Writer writer, SQLException failure) {
    if (surprises.size() < KEPT_SURPRISES) {
      surprises.add(
          "%s: %s %s"
              .formatted(
                  writer.getClass().getSimpleName(), failure.getSQLState(), failure.getMessage()));
    }
  }

  synchronized void timed(Duration duration, String statement) {
    if (duration.compareTo(longest) > 0) {
      longest = duration;
      longestStatement = statement;
    }
  }

  /** Calls of writers that went through. */
  public synchronized long transactions() {
    return committed.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The same by kind. */
  public synchronized Map<String, Long> byKind() {
    return new TreeMap<>(committed);
  }

  /** Expected failures by SQLSTATE. */
  public synchronized Map<String, Long> refusals() {
    return new TreeMap<>(refused);
  }

  /** Failures that must not be. */
  public synchronized List<String> surprises() {
    return List.copyOf(surprises);
  }

  /** The longest statement of any writer. */
  public synchronized Duration longest() {
    return longest;
  }

  /** That statement's first line. */
  public synchronized String longestStatement() {
    return longestStatement.lines().findFirst().orElse("");
  }
}
