package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.algebra.Indentation;
import dev.pgtrickle.engine.delta.CommonTable;
import java.util.List;

/** Fills an empty storage table. */
final class Loads {

  private Loads() {}

  /**
   * Inserts the whole result.
   *
   * @param fresh a SELECT of all the storage's columns
   */
  static ApplyStatement into(StorageRows rows, String fresh) {
    WithClause with =
        new WithClause()
            .add(
                CommonTable.inline(
                    "deleted", "an empty table has no rows to delete", rows.nothing()))
            .add(CommonTable.inline("updated", "nor to update", rows.nothing()))
            .add(
                CommonTable.inline(
                    "inserted",
                    "the whole result",
                    rows.insert("(\n" + Indentation.indent(fresh) + "\n) AS change", "")));
    return new ApplyStatement(with.prepared(), List.of());
  }
}
