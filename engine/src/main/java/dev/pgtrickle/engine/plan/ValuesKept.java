package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.algebra.Aggregate;
import dev.pgtrickle.engine.delta.StateColumn;
import dev.pgtrickle.engine.postgres.QualifiedName;
import java.util.List;

/**
 * Among the values that are kept, of which each is there once: the first one in their order that
 * this statement leaves there. A value that came has no row yet, and is among the changes.
 *
 * <pre>
 *   kept: region | amount | __count     lost: region     found: region | least
 *         r1     |      3 |       0           r1                r1     |     5
 *         r1     |      5 |       2
 * </pre>
 *
 * @param aggregate the groups that lost a value
 * @param changes the common table of the kept rows that change, and what their counts become
 */
record ValuesKept(
    Aggregate aggregate,
    QualifiedName table,
    StorageKey key,
    ValueOrder order,
    String changes,
    NextValue nextValue)
    implements LostValues {

  @Override
  public String matchedItems() {
    return "";
  }

  /** Each group asks for itself. */
  @Override
  public void addTo(WithClause with, List<StateColumn.Extremum> extremes) {}

  @Override
  public String found(StateColumn.Extremum extremum) {
    List<String> wanted =
        aggregate.keys().stream().map(key -> "matched." + key.name().quoted()).toList();
    String stayed =
        """
        (
          SELECT stored.%1$s
          FROM %2$s AS stored
          WHERE %3$s
            AND %4$s
          ORDER BY stored.%1$s %5$s
          LIMIT 1
        )\
        """
            .formatted(
                order.value().quoted(),
                table.quoted(),
                order.rowsOf(wanted, key).replace("\n", "\n  "),
                nextValue.stays(changes).replace("\n", "\n    "),
                extremum.direction().bestFirst());
    return nextValue.better(extremum.direction(), "matched." + extremum.name().quoted(), stayed);
  }

  @Override
  public String join() {
    return "";
  }
}
