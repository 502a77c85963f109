package dev.pgtrickle.engine.refresh;

import dev.pgtrickle.engine.catalog.VersionRecord;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.LockPlan;
import dev.pgtrickle.engine.postgres.LockTimeouts;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.postgres.SqlText;
import dev.pgtrickle.engine.storage.StorageInstaller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a refresh locks, and the settings of its transaction. */
public final class RefreshLocks {
  /** Small deltas reach everything by an index; a sequential scan is never what they want. */
  private static final String BY_INDEX = "SET LOCAL enable_seqscan = off";

  private static final Identifier PUBLIC = Identifier.of("public");

  private RefreshLocks() {}

  /** For a transaction that writes the tables. */
  public static LockPlan writing(List<MaintainedTable> tables, LockTimeouts timeouts) {
    // In the order of their making: whoever locks several waits for them in one order.
    List<QualifiedName> guards =
        tables.stream()
            .map(MaintainedTable::version)
            .sorted(Comparator.comparingLong(VersionRecord::id))
            .map(VersionRecord::guard)
            .toList();
    return plan(tables, timeouts, guards);
  }

  /** For one that only reads: the tables' guards are left to the refreshes. */
  public static LockPlan reading(List<MaintainedTable> tables, LockTimeouts timeouts) {
    return plan(tables, timeouts, List.of());
  }

  private static LockPlan plan(
      List<MaintainedTable> tables, LockTimeouts timeouts, List<QualifiedName> guards) {
    Duration shortest =
        tables.stream()
            .map(table -> table.definition().limits().lockTimeout())
            .min(Comparator.naturalOrder())
            .orElseThrow();
    return new LockPlan(timeouts.effective(shortest), guards, reads(tables), settings(tables));
  }

  /**
   * All tables before any buffer, each in order of oid: whoever locks several waits in one order.
   */
  private static List<QualifiedName> reads(List<MaintainedTable> tables) {
    SortedMap<Long, MaintainedSource> sources = new TreeMap<>();
    tables.forEach(table ->
        table.sources().forEach(source -> sources.put(source.requirement().relationOid(), source)));
    Set<QualifiedName> reads = new LinkedHashSet<>();
    sources.values().forEach(source -> reads.add(source.requirement().name()));
    SortedSet<Long> relations = new TreeSet<>(sources.keySet());
    for (long relation : relations) {
      tables.forEach(table ->
          table.sources().stream()
              .filter(source -> source.requirement().relationOid() == relation)
              .forEach(source -> reads.addAll(source.window().buffers())));
    }
    return List.copyOf(reads);
  }

  private static List<String> settings(List<MaintainedTable> tables) {
    long longest =
        tables.stream()
            .mapToLong(table -> table.definition().limits().refreshTimeout().toMillis())
            .max()
            .orElseThrow();
    List<String> settings = new ArrayList<>();
    settings.add(StorageInstaller.WRITING);
    settings.add(BY_INDEX);
    settings.add("SET LOCAL statement_timeout = " + longest);
    if (tables.size() == 1) {
      settings.addAll(own(tables.getFirst()));
    }
    return settings;
  }

  /** What a table's own statements need set, and its neighbours' must not. */
  static List<String> own(MaintainedTable table) {
    List<String> settings = new ArrayList<>();
    if (!table.plan().functions().isEmpty()) {
      settings.add("SET LOCAL search_path = " + analysisPath(table));
    }
    table
        .definition()
        .limits()
        .workMemoryKibibytes()
        .ifPresent(size -> settings.add("SET LOCAL work_mem = '" + size + "kB'"));
    return settings;
  }

  /** Takes back {@link #own}. */
  static List<String> withoutOwn(MaintainedTable table) {
    List<String> settings = new ArrayList<>();
    if (!table.plan().functions().isEmpty()) {
      settings.add("SET LOCAL search_path = pg_catalog");
    }
    if (table.definition().limits().workMemoryKibibytes().isPresent()) {
      settings.add("SET LOCAL work_mem TO DEFAULT");
    }
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
