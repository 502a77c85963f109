package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.algebra.Aggregate;
import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.Grouping;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.delta.GroupState;
import dev.pgtrickle.engine.delta.GroupStates;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.relations.IndexWidth;
import dev.pgtrickle.engine.relations.Nullability;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where the keys, the state and the visible columns of a group are stored. */
final class AggregationLayout {
  private final Project root;
  private final Aggregate aggregate;
  private final GroupStates states;
  private final List<Identifier> keyColumns;

  AggregationLayout(Project root, Aggregate aggregate, GroupStates states) {
    this.states = states;
    this.root = root;
    this.aggregate = aggregate;
    List<Identifier> columns = new ArrayList<>();
    int hidden = 0;
    for (Column key : aggregate.keys()) {
      Optional<Identifier> shown = shown(key);
      if (shown.isEmpty()) {
        hidden++;
      }
      columns.add(shown.orElse(Identifier.of("__key_" + hidden)));
    }
    this.keyColumns = List.copyOf(columns);
  }

  /** That of groups of which the storage has only some: none of it is shown. */
  static AggregationLayout kept(Aggregate aggregate, GroupStates states) {
    return new AggregationLayout(new Project(aggregate, List.of()), aggregate, states);
  }

  /** The projection that shows the groups. */
  Project root() {
    return root;
  }

  Aggregate aggregate() {
    return aggregate;
  }

  GroupState state() {
    return states.of(aggregate);
  }

  /** The storage column of every key, in order: the visible one where the key is put out. */
  List<Identifier> keyColumns() {
    return keyColumns;
  }

  /** The keys that no reader sees. */
  List<Integer> hiddenKeys() {
    List<Integer> hidden = new ArrayList<>();
    for (int index = 0; index < aggregate.keys().size(); index++) {
      if (shown(aggregate.keys().get(index)).isEmpty()) {
        hidden.add(index);
      }
    }
    return hidden;
  }

  /** A key that is never NULL and always short is matched directly, any other one by its hash. */
  StorageKey key() {
    if (aggregate.grouping() == Grouping.WHOLE_INPUT) {
      return new StorageKey.SingleRow();
    }
    boolean direct =
        keyColumns.size() <= StorageKey.NotNullKey.MOST_COLUMNS
            && aggregate.keys().stream()
                .allMatch(key ->
                    key.nullability() == Nullability.NOT_NULL
                        && IndexWidth.of(key.type()) == IndexWidth.BOUNDED);
    return direct
        ? new StorageKey.NotNullKey(keyColumns)
        : new StorageKey.NullableKey(keyColumns, KeyHash.COLUMN);
  }

  private Optional<Identifier> shown(Column key) {
    return root.columns().stream()
        .filter(column -> column.id().equals(key.id()))
        .map(Column::name)
        .findFirst();
  }
}
