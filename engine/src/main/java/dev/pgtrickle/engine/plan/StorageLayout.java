package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.delta.HiddenColumns;
import dev.pgtrickle.engine.postgres.Identifier;
import java.util.List;
import java.util.Optional;

/**
 * What a storage table looks like: all that decides whether the statements of a plan fit it.
 *
 * @param columns in no order that matters, but for the visible ones
 * @param key how rows are told apart, as text
 * @param kept the same of the table that keeps the state of groups, where there is one
 */
public record StorageLayout(List<StorageColumn> columns, String key, Optional<StorageLayout> kept) {
  private static final String SINGLE_ROW = new StorageKey.SingleRow().toString();

  public StorageLayout {
    columns = List.copyOf(columns);
  }

  /** Of the storage of a plan. */
  public static StorageLayout of(MaintenancePlan plan) {
    return new StorageLayout(
        plan.columns(),
        plan.key().toString(),
        plan.kept()
            .map(kept -> new StorageLayout(kept.columns(), kept.access(), Optional.empty())));
  }

  /** Of one table. */
  static StorageLayout of(List<StorageColumn> columns, StorageKey key) {
    return new StorageLayout(columns, key.toString(), Optional.empty());
  }

  /** The columns that the query has, in its order. */
  public List<StorageColumn> visible() {
    return columns.stream()
        .filter(column -> column.visibility() == StorageColumn.Visibility.VISIBLE)
        .toList();
  }

  /** The names of the columns that the query has, in its order. */
  public List<String> visibleNames() {
    return visible().stream().map(column -> column.name().name()).toList();
  }

  Optional<StorageColumn> column(Identifier name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst();
  }

  /** The condition that no row may break, empty where there is none. */
  Optional<String> multiplicity() {
    return column(HiddenColumns.COUNT)
        .map(count -> count.name().quoted() + (key.equals(SINGLE_ROW) ? " >= 0" : " > 0"));
  }

  /** Whether stored rows are found by a hash of all visible columns. */
  boolean isKeyless() {
    return key.startsWith(StorageKey.Keyless.class.getSimpleName());
  }
}
