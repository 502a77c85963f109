package dev.pgtrickle.engine.sql.resolve;

import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Scan;
import dev.pgtrickle.engine.algebra.WholeRow;
import dev.pgtrickle.engine.algebra.property.CandidateKeys;
import java.util.HashSet;
import java.util.Set;

/**
 * The columns that have one value in each group because a key of their table is among the keys of
 * the groups. PostgreSQL accepts no others above groups, but for those of a table that others
 * inherit from: the key of a parent says nothing of its children's rows, and which of their values
 * it shows is chance.
 */
final class DeterminedColumns {

  private DeterminedColumns() {}

  static Set<ColumnId> by(Set<ColumnId> keys, Operator rows) {
    Set<ColumnId> determined = new HashSet<>(keys);
    collect(rows, keys, determined);
    return determined;
  }

  private static void collect(Operator rows, Set<ColumnId> keys, Set<ColumnId> determined) {
    rows.inputs().forEach(input -> collect(input, keys, determined));
    if (rows instanceof Scan scan
        && CandidateKeys.of(scan).keys().stream().anyMatch(keys::containsAll)) {
      scan.columns().forEach(column -> determined.add(column.id()));
    }
    if (rows instanceof WholeRow whole
        && whole.input().columns().stream().allMatch(column -> determined.contains(column.id()))) {
      determined.add(whole.row().id());
    }
  }
}
