package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.algebra.Indentation;
import dev.pgtrickle.engine.delta.CommonTable;
import dev.pgtrickle.engine.postgres.Identifier;
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
    return into(rows, fresh, List.of());
  }

  /**
   * The same, with what is kept beside it.
   *
   * @param beside common tables that fill other tables
   */
  static ApplyStatement into(StorageRows rows, String fresh, List<CommonTable> beside) {
    WithClause with =
        new WithClause()
            .addAll(beside)
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

  /** Changes nothing: what changed is read by no operator, such as a common table nobody reads. */
  static WithClause nothing(StorageRows rows) {
    return new WithClause()
        .add(CommonTable.inline("deleted", "nothing that counts has changed", rows.nothing()))
        .add(CommonTable.inline("updated", "nor here", rows.nothing()))
        .add(CommonTable.inline("inserted", "nor here", rows.nothing()));
  }

  /**
   * Replaces all rows by the whole result. The rows are deleted by a statement of their own, since
   * a unique index would not know which of two statements in one WITH comes first.
   *
   * @param fresh a SELECT of all the storage's columns
   * @param index builds the index of the key
   */
  static Replacement insteadOf(StorageRows rows, String fresh, String index) {
    TemporaryTable replaced =
        new TemporaryTable(Identifier.of("replaced_of_" + rows.storage().name()));
    WithClause with =
        new WithClause()
            .add(
                CommonTable.inline(
                    "deleted",
                    "all rows, deleted by the statement before",
                    "SELECT 1 FROM " + replaced.quoted()))
            .add(CommonTable.inline("updated", "no row stays", rows.nothing()))
            .add(
                CommonTable.inline(
                    "inserted",
                    "the whole result",
                    rows.insert("(\n" + Indentation.indent(fresh) + "\n) AS change", "")));
    return new Replacement(
        replaced.filledWith("SELECT 1 AS replaced FROM " + rows.storage().quoted()),
        "DELETE FROM " + rows.storage().quoted(),
        new ApplyStatement(with.prepared(), List.of()),
        List.of(index));
  }
}
