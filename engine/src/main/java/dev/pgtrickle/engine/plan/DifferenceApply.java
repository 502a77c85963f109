package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.algebra.Indentation;
import dev.pgtrickle.engine.delta.CommonTable;
import dev.pgtrickle.engine.postgres.Identifier;
import java.util.List;

/**
 * Makes a storage table with a key equal to a fresh result (P8): only the rows that differ in their
 * image are touched.
 */
final class DifferenceApply {
  /** True in every row of the fresh result, NULL where only a stored row is left. */
  static final Identifier PRESENT = Identifier.of("__present");

  private final StorageRows rows;
  private final TemporaryTable difference;
  private final String prefix;

  DifferenceApply(StorageRows rows) {
    this(rows, "");
  }

  /**
   * @param prefix of the names of common tables
   */
  DifferenceApply(StorageRows rows, String prefix) {
    this.rows = rows;
    this.difference = new TemporaryTable(Identifier.of("difference_of_" + rows.storage().name()));
    this.prefix = prefix;
  }

  /**
   * Compares the storage with the fresh result.
   *
   * @param fresh a SELECT of all the storage's columns and {@code __present}
   * @param key how a stored and a fresh row find each other
   */
  StagedApply apply(String fresh, StorageKey key) {
    WithClause with = new WithClause().addAll(parts());
    return new StagedApply(staging(fresh, key), new ApplyStatement(with.prepared(), List.of()));
  }

  /** The statements that find what differs; see {@link #apply}. */
  List<StagingStatement> staging(String fresh, StorageKey key) {
    return difference.filledWith(
        """
        SELECT stored.ctid AS %s, fresh.*
        FROM %s AS stored
        %s (
        %s
        ) AS fresh
        ON %s
        WHERE stored.ctid IS NULL OR fresh.%s IS NULL
          OR record_image_ne(%s, %s)\
        """
            .formatted(
                StorageRows.ROW.quoted(),
                rows.storage().quoted(),
                // A condition without columns cannot be that of a full join.
                key instanceof StorageKey.SingleRow ? "RIGHT JOIN" : "FULL JOIN",
                Indentation.indent(fresh),
                KeyMatch.condition(key, "stored", "fresh"),
                PRESENT.quoted(),
                StorageRows.row("stored", rows.columns()),
                StorageRows.row("fresh", rows.columns())));
  }

  /** The common tables that apply what was found. */
  List<CommonTable> parts() {
    String source = difference.quoted();
    return List.of(
        CommonTable.inline(
            prefix + "deleted",
            "stored rows that the query does not have",
            rows.delete(source, " AND change." + PRESENT.quoted() + " IS NULL")),
        CommonTable.inline(
            prefix + "updated",
            "stored rows that look different",
            rows.update(source, rows.columns(), " AND change." + PRESENT.quoted())),
        CommonTable.inline(
            prefix + "inserted",
            "rows that are not stored",
            rows.insert(
                source + " AS change", "\nWHERE change." + StorageRows.ROW.quoted() + " IS NULL")));
  }
}
