package dev.pgtrickle.cli.stress.comparison;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How often each table was refreshed, how, and why not otherwise. */
public final class RefreshCounts {
  private static final String DIFFERENTIAL = "Differential";

  private final Map<String, Map<String, Long>> byTable = new TreeMap<>();
  private final Map<String, Long> fullReasons = new TreeMap<>();
  private final Map<String, Long> errors = new TreeMap<>();

  synchronized void add(String table, String mode, String result, String reason, String error) {
    boolean succeeded = result.equals("Succeeded");
    byTable
        .computeIfAbsent(table, name -> new TreeMap<>())
        .merge(succeeded ? mode : result, 1L, Long::sum);
    if (!succeeded) {
      errors.merge(error, 1L, Long::sum);
    } else if (!mode.equals(DIFFERENTIAL)) {
      fullReasons.merge(table + ": " + reason, 1L, Long::sum);
    }
  }

  /** Refreshes that committed. */
  public synchronized long succeeded() {
    return byTable.values().stream()
        .flatMap(counts -> counts.entrySet().stream())
        .filter(count -> !count.getKey().equals("Failed"))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** Differential refreshes of a table that committed. */
  public synchronized long differential(String table) {
    return byTable.getOrDefault(table, Map.of()).getOrDefault(DIFFERENTIAL, 0L);
  }

  /** Everything, in lines. */
  public synchronized String describe() {
    return byTable.entrySet().stream()
            .map(table -> table.getKey() + " " + table.getValue())
            .collect(Collectors.joining(", "))
        + "\n  full because "
        + fullReasons
        + "\n  failed and tried again "
        + errors;
  }
}
