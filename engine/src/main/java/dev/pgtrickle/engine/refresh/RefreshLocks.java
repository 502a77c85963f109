package dev.pgtrickle.engine.refresh;

import dev.pgtrickle.engine.definition.Limits;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.LockPlan;
import dev.pgtrickle.engine.postgres.LockTimeouts;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.postgres.SqlText;
import dev.pgtrickle.engine.storage.StorageInstaller;
import java.util.ArrayList;
import java.util.List;

/** What a refresh of a table locks, and the settings of its transaction. */
public final class RefreshLocks {
  /** Small deltas reach everything by an index; a sequential scan is never what they want. */
  private static final String BY_INDEX = "SET LOCAL enable_seqscan = off";

  private static final Identifier PUBLIC = Identifier.of("public");

  private RefreshLocks() {}

  /** For a transaction that writes the table. */
  public static LockPlan writing(MaintainedTable table, LockTimeouts timeouts) {
    return plan(table, timeouts, List.of(table.version().guard()));
  }

  /** For one that only reads: the table's guard is left to the refreshes. */
  public static LockPlan reading(MaintainedTable table, LockTimeouts timeouts) {
    return plan(table, timeouts, List.of());
  }

  private static LockPlan plan(
      MaintainedTable table, LockTimeouts timeouts, List<QualifiedName> guards) {
    Limits limits = table.definition().limits();
    List<QualifiedName> reads = new ArrayList<>();
    // All tables before any buffer, each in order of oid: whoever locks several waits in one order.
    table.sources().forEach(source -> reads.add(source.requirement().name()));
    table.sources().forEach(source -> reads.addAll(source.window().buffers()));
    return new LockPlan(
        timeouts.effective(limits.lockTimeout()), guards, reads, settings(table, limits));
  }

  private static List<String> settings(MaintainedTable table, Limits limits) {
    List<String> settings = new ArrayList<>();
    settings.add(StorageInstaller.WRITING);
    settings.add(BY_INDEX);
    settings.add("SET LOCAL statement_timeout = " + limits.refreshTimeout().toMillis());
    if (!table.plan().functions().isEmpty()) {
      settings.add("SET LOCAL search_path = " + analysisPath(table));
    }
    limits
        .workMemoryKibibytes()
        .ifPresent(size -> settings.add("SET LOCAL work_mem = '" + size + "kB'"));
    return settings;
  }

  /**
   * The path under which the query was analysed: bodies of the user's functions may rely on it.
   * Without such functions the session's own path stays, which is pg_catalog alone: nobody's
   * operator can take the place of a built-in one and run with our rights. And since PostgreSQL 18
   * reports each change of search_path, the driver would throw its prepared statements away twice a
   * refresh.
   */
  private static String analysisPath(MaintainedTable table) {
    return SqlText.identifiers(List.of(table.definition().relation().schema(), PUBLIC));
  }
}
