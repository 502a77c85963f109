package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.Indentation;
import dev.pgtrickle.engine.delta.HiddenColumns;
import dev.pgtrickle.engine.delta.Netting;
import dev.pgtrickle.engine.postgres.Identifier;
import java.util.List;

/**
 * Makes a storage table without a key equal to a fresh result (P8, P9): of each image as many
 * copies are added or removed as there are too few or too many; no other row is touched.
 */
final class MultisetDifference {
  private final StorageRows rows;
  private final List<Column> visible;
  private final MaintenanceRules rules;

  MultisetDifference(StorageRows rows, List<Column> visible, MaintenanceRules rules) {
    this.rows = rows;
    this.visible = visible;
    this.rules = rules;
  }

  /**
   * Compares the storage with a query.
   *
   * @param query a SELECT of the visible columns
   */
  StagedApply apply(String query) {
    Netting netting = rules.netting();
    String weight = HiddenColumns.WEIGHT.quoted();
    String list =
        String.join(", ", visible.stream().map(column -> column.name().quoted()).toList());
    String both =
        """
        SELECT 1 AS %1$s, %2$s
        FROM (
        %3$s
        ) AS fresh
        UNION ALL
        SELECT -1, %2$s
        FROM %4$s AS stored\
        """
            .formatted(weight, list, Indentation.indent(query), rows.storage().quoted());
    String netted = netting.net("(\n" + Indentation.indent(both) + "\n)", visible);
    TemporaryTable difference =
        new TemporaryTable(Identifier.of("difference_of_" + rows.storage().name()));
    WithClause with = new WithClause();
    keyless().addTo(with, difference.quoted());
    return new StagedApply(
        difference.filledWith(numbered(netted)), new ApplyStatement(with.prepared(), List.of()));
  }

  KeylessApply keyless() {
    return new KeylessApply(rows, visible.stream().map(Column::name).toList(), rules.match());
  }

  /** Netted rows with a number for each and the hash by which copies are found. */
  String numbered(String netted) {
    return """
    SELECT row_number() OVER () AS "__change", input.*, %s AS %s
    FROM (
    %s
    ) AS input\
    """
        .formatted(
            KeyHash.of("input", visible), KeyHash.COLUMN.quoted(), Indentation.indent(netted));
  }
}
