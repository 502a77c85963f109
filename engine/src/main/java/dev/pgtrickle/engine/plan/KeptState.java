package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.algebra.Aggregate;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.QualifiedName;
import java.util.List;
import java.util.Optional;

/**
 * The state of all groups of a query that shows only some of them, or groups them once more: a
 * table beside the storage. Only refreshes read it; it comes, is filled and goes with the storage.
 *
 * @param columns hidden ones only
 * @param key how the changes of a group find its state
 * @param order how the groups above find their values in order, where they need that
 */
public record KeptState(List<StorageColumn> columns, StorageKey key, Optional<ValueOrder> order) {

  public KeptState {
    columns = List.copyOf(columns);
  }

  /** How rows are found, as text. */
  String access() {
    return key + order.map(values -> ", " + values).orElse("");
  }

  /** The name of the table, whether or not there is one. */
  public static QualifiedName tableOf(QualifiedName storage) {
    return new QualifiedName(storage.schema(), Identifier.of(storage.name().name() + "_groups"));
  }

  /** The groups below the top of a plan, which may be groups itself. */
  static Optional<Aggregate> groupsOf(Project root) {
    return groupsBelow(root.input() instanceof Aggregate top ? top : root);
  }

  private static Optional<Aggregate> groupsBelow(Operator operator) {
    return operator.inputs().stream()
        .flatMap(input ->
            (input instanceof Aggregate groups ? Optional.of(groups) : groupsBelow(input)).stream())
        .findFirst();
  }
}
