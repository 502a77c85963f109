package dev.pgtrickle.engine.algebra.property;

import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.Scan;
import dev.pgtrickle.engine.relations.Generation;

/**
 * Property: columns that are read as a table stores them. Reading one fails for no row; what is
 * computed, be it below in a view, may fail for rows that nobody asks for.
 */
public final class StoredColumns {

  private StoredColumns() {}

  /** Whether rows have the column from a table, whatever passed it on. */
  public static boolean isStored(ColumnId column, Operator rows) {
    return switch (rows) {
      case Scan scan ->
          scan.scanned().stream()
              .filter(scanned -> scanned.column().id().equals(column))
              .anyMatch(scanned -> isStored(scan, scanned));
      case Project project ->
          project.computed().stream()
              .filter(computed -> computed.column().id().equals(column))
              .flatMap(computed -> computed.scalar().bare().asColumn().stream())
              .anyMatch(passed -> isStored(passed, project.input()));
      default -> rows.inputs().stream().anyMatch(input -> isStored(column, input));
    };
  }

  private static boolean isStored(Scan scan, Scan.ScannedColumn scanned) {
    return scan.relation()
        .column(scanned.attributeNumber())
        .filter(facts -> facts.generation() != Generation.VIRTUAL)
        .isPresent();
  }
}
