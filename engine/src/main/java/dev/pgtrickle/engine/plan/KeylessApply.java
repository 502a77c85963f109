package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.delta.CommonTable;
import dev.pgtrickle.engine.delta.HiddenColumns;
import dev.pgtrickle.engine.postgres.Identifier;
import java.util.List;

/**
 * Applies netted rows that have no key: exactly as many copies are removed or added as the weight
 * says. Where fewer copies are stored than must go, it fails.
 */
final class KeylessApply {
  private static final String WEIGHT = HiddenColumns.WEIGHT.quoted();

  private final StorageRows rows;
  private final List<Identifier> visible;
  private final RowMatch match;

  KeylessApply(StorageRows rows, List<Identifier> visible, RowMatch match) {
    this.match = match;
    this.rows = rows;
    this.visible = visible;
  }

  /**
   * Adds the parts that apply the changes.
   *
   * @param changes a FROM item with the weight, the number of the change, and all storage columns
   */
  void addTo(WithClause with, String changes) {
    with.add(
            CommonTable.materialized(
                "matched", "the copies that must go; too few of them fail", matched(changes)))
        .add(
            CommonTable.inline(
                "deleted",
                "one row for each copy",
                rows.delete("matched", " AND change.\"__copies\" > 0")))
        .add(CommonTable.inline("updated", "copies are never updated", rows.nothing()))
        .add(
            CommonTable.inline(
                "inserted",
                "one row for each new copy",
                rows.insert(
                    changes
                        + " AS change\nCROSS JOIN LATERAL generate_series(1, change."
                        + WEIGHT
                        + ") AS copy",
                    "\nWHERE change." + WEIGHT + " > 0")));
  }

  private String matched(String changes) {
    return """
    SELECT stored.%1$s,
      CASE
        WHEN count(stored.%1$s) OVER (PARTITION BY change."__change") = -change.%2$s
        THEN -change.%2$s
        ELSE %3$s
      END AS "__copies"
    FROM %4$s AS change
    LEFT JOIN LATERAL (
      SELECT candidate.ctid AS %1$s
      FROM %5$s AS candidate
      WHERE candidate.%6$s = change.%6$s AND %7$s
      LIMIT -change.%2$s
    ) AS stored ON true
    WHERE change.%2$s < 0\
    """
        .formatted(
            StorageRows.ROW.quoted(),
            WEIGHT,
            StorageRows.refusal("change", visible),
            changes,
            rows.storage().quoted(),
            KeyHash.COLUMN.quoted(),
            match.same("candidate", "change", visible));
  }
}
