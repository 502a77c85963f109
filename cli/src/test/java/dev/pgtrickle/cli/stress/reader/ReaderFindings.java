package dev.pgtrickle.cli.stress.reader;

import dev.pgtrickle.cli.stress.process.Outages;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What readers saw that must not be, and how much they looked. */
public final class ReaderFindings {
  private static final int KEPT = 20;

  private final Outages outages;
  private final List<String> findings = new ArrayList<>();
  private long reads;
  private Duration longest = Duration.ZERO;

  public ReaderFindings(Outages outages) {
    this.outages = outages;
  }

  synchronized void read(Duration duration) {
    reads++;
    if (duration.compareTo(longest) > 0) {
      longest = duration;
    }
  }

  synchronized void wrong(String what) {
    if (findings.size() < KEPT) {
      findings.add(what);
    }
  }

  /** A failure is a finding, unless the server was down. */
  void failed(String reader, SQLException failure, long begin) {
    if (!outages.explain(failure, begin)) {
      wrong(reader + ": " + failure.getSQLState() + " " + failure.getMessage());
    }
  }

  /** Everything that was wrong. */
  public synchronized List<String> findings() {
    return List.copyOf(findings);
  }

  /** How often a table was read. */
  public synchronized long reads() {
    return reads;
  }

  /** The longest read. */
  public synchronized Duration longest() {
    return longest;
  }
}
