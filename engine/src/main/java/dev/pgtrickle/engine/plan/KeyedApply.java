package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.algebra.Indentation;
import dev.pgtrickle.engine.delta.CommonTable;
import dev.pgtrickle.engine.delta.HiddenColumns;
import dev.pgtrickle.engine.postgres.Identifier;
import java.util.stream.Collectors;

/**
 * Applies netted rows that have a key. For every key there is at most one row to remove, which must
 * be the stored one by image, and at most one to add, which takes its place. Anything else fails.
 */
final class KeyedApply {
  private static final String WEIGHT = HiddenColumns.WEIGHT.quoted();

  private final StorageRows rows;
  private final StorageKey.NotNullKey key;
  private final RowMatch match;
  private final RowSearch search;

  KeyedApply(StorageRows rows, StorageKey.NotNullKey key, RowMatch match, RowSearch search) {
    this.match = match;
    this.search = search;
    this.rows = rows;
    this.key = key;
  }

  /**
   * Adds the parts that apply the changes.
   *
   * @param netted a SELECT of the weight and the columns
   */
  void addTo(WithClause with, String netted) {
    with.add(CommonTable.inline("changes", "one row for each image that changed", changes(netted)))
        .add(
            CommonTable.materialized(
                "matched", "each with its stored row; what does not fit it fails", matched()))
        .add(
            CommonTable.inline(
                "deleted",
                "keys that are gone",
                rows.delete("matched", " AND change.\"__checked\" < 0 AND change.\"__added\" = 0")))
        .add(
            CommonTable.inline(
                "updated",
                "keys that look different",
                rows.update("matched", rows.columns(), " AND change.\"__checked\" > 0")))
        .add(
            CommonTable.inline(
                "inserted",
                "new keys",
                rows.insert(
                    "matched AS change",
                    "\nWHERE change.\"__checked\" > 0 AND change."
                        + StorageRows.ROW.quoted()
                        + " IS NULL")));
  }

  private String changes(String netted) {
    String list = StorageRows.list("input", rows.columns());
    String keyList =
        key.columns().stream()
            .map(Identifier::quoted)
            .map(column -> "input." + column)
            .collect(Collectors.joining(", "));
    return """
    SELECT input.%1$s, %2$s,
      sum(greatest(input.%1$s, 0)) OVER same_key AS "__added",
      sum(greatest(-input.%1$s, 0)) OVER same_key AS "__removed"
    FROM (
    %3$s
    ) AS input
    WINDOW same_key AS (PARTITION BY %4$s)\
    """
        .formatted(WEIGHT, list, Indentation.indent(netted), keyList);
  }

  private String matched() {
    return """
    SELECT stored.ctid AS %1$s, change."__added", %2$s,
      CASE
        WHEN change."__added" <= 1
          AND change."__removed" = CASE WHEN stored.ctid IS NULL THEN 0 ELSE 1 END
          AND (change.%3$s > 0 OR %4$s)
        THEN change.%3$s
        ELSE %5$s
      END AS "__checked"
    FROM "changes" AS change
    %6$s\
    """
        .formatted(
            StorageRows.ROW.quoted(),
            StorageRows.list("change", rows.columns()),
            WEIGHT,
            match.same("stored", "change", rows.columns()),
            StorageRows.refusal("change", rows.columns()),
            search.join(rows.storage(), KeyMatch.condition(key, "stored", "change")));
  }
}
