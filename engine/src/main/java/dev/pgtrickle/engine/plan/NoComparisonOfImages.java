package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.Distinct;
import dev.pgtrickle.engine.algebra.Duplicates;
import dev.pgtrickle.engine.algebra.Fidelity;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.SetOperation;
import dev.pgtrickle.engine.algebra.property.ColumnFidelity;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import java.util.List;

/**
 * Sanity: rows whose equal values can look different are never compared as whole rows (P9), since
 * which of them is shown would be anybody's guess.
 */
final class NoComparisonOfImages {

  void check(Operator operator) {
    operator.inputs().forEach(this::check);
    switch (operator) {
      case Distinct distinct -> refuse(distinct.columns());
      case SetOperation operation -> {
        if (operation.kind() != SetOperation.Kind.UNION
            || operation.duplicates() == Duplicates.REMOVED) {
          refuse(operation.columns());
        }
      }
      default -> {
        // Compares no whole rows.
      }
    }
  }

  private static void refuse(List<Column> columns) {
    for (Column column : columns) {
      if (ColumnFidelity.of(column) == Fidelity.IMAGE) {
        throw TrickleException.of(
            ErrorCode.INTERNAL,
            "a plan compares rows by column " + column.name() + ", whose images matter",
            "report the query");
      }
    }
  }
}
