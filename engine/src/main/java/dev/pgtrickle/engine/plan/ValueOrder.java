package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.algebra.Aggregate;
import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.property.KnownValues;
import dev.pgtrickle.engine.postgres.Identifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * By what the values of a group are found in their order, see {@link KnownValues}. Names are those
 * of the table that keeps them.
 *
 * @param group its columns that are the key of a group
 * @param value its column that has the values
 */
public record ValueOrder(List<Identifier> group, Identifier value) {

  public ValueOrder {
    group = List.copyOf(group);
  }

  /** Of a plan whose groups below the top are kept. */
  static Optional<ValueOrder> of(Project root, AggregationLayout kept) {
    return root.input() instanceof Aggregate top
        ? KnownValues.of(top).map(values -> of(values, kept))
        : Optional.empty();
  }

  private static ValueOrder of(KnownValues values, AggregationLayout kept) {
    List<Identifier> group = new ArrayList<>();
    values.group().forEach(column -> group.add(stored(column, kept)));
    return new ValueOrder(group, stored(values.value(), kept));
  }

  private static Identifier stored(Column key, AggregationLayout kept) {
    return kept.keyColumns().get(kept.aggregate().keys().indexOf(key));
  }

  /** Whether the index of the key begins with the group and goes on with the value. */
  boolean isThatOf(StorageKey key) {
    if (!(key instanceof StorageKey.NotNullKey notNull)) {
      return false;
    }
    Set<Identifier> wanted = new HashSet<>(group);
    List<Identifier> columns = notNull.columns();
    return wanted.equals(Set.copyOf(columns.subList(0, wanted.size())))
        && (wanted.contains(value) || value.equals(columns.get(wanted.size())));
  }

  /**
   * What an index has that finds them: the group, or a hash of it where its columns may be NULL or
   * long, then the value.
   */
  String indexed(StorageKey key) {
    List<String> columns = new ArrayList<>();
    if (!group.isEmpty() && isHashed(key)) {
      columns.add(hash(columns("")));
    } else {
      columns.addAll(columns(""));
    }
    columns.add(value.quoted());
    return String.join(", ", columns);
  }

  private static boolean isHashed(StorageKey key) {
    return !(key instanceof StorageKey.NotNullKey);
  }

  /**
   * The condition on the stored rows of a group.
   *
   * @param wanted the key of the group, in order
   */
  String rowsOf(List<String> wanted, StorageKey key) {
    boolean hashed = isHashed(key);
    List<String> own = columns("stored.");
    List<String> conditions = new ArrayList<>();
    if (hashed && !group.isEmpty()) {
      conditions.add(hash(own) + " = " + hash(wanted));
    }
    for (int index = 0; index < own.size(); index++) {
      conditions.add(
          own.get(index) + (hashed ? " IS NOT DISTINCT FROM " : " = ") + wanted.get(index));
    }
    conditions.add("stored." + value().quoted() + " IS NOT NULL");
    return String.join("\n  AND ", conditions);
  }

  private List<String> columns(String prefix) {
    return group.stream().map(column -> prefix + column.quoted()).toList();
  }

  private static String hash(List<String> values) {
    return values.stream().collect(Collectors.joining(", ", "hash_record_extended(ROW(", "), 0)"));
  }
}
