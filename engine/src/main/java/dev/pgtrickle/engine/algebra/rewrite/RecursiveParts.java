package dev.pgtrickle.engine.algebra.rewrite;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.Distinct;
import dev.pgtrickle.engine.algebra.Duplicates;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.SetOperation;
import dev.pgtrickle.engine.algebra.With;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The operators within recursive common tables that drop duplicates. They cannot be written as
 * groups, which a recursive query may not have.
 */
final class RecursiveParts {
  private final List<Operator> operators = new ArrayList<>();

  private enum Place {
    OUTSIDE,
    INSIDE
  }

  private RecursiveParts() {}

  static RecursiveParts of(Operator plan) {
    RecursiveParts parts = new RecursiveParts();
    parts.collect(plan, Place.OUTSIDE);
    return parts;
  }

  List<Operator> operators() {
    return operators;
  }

  /** What tells the operators apart while their inputs are rewritten. */
  Set<List<ColumnId>> columns() {
    Set<List<ColumnId>> columns = new HashSet<>();
    operators.forEach(operator -> columns.add(ids(operator)));
    return columns;
  }

  static List<ColumnId> ids(Operator operator) {
    return operator.columns().stream().map(Column::id).toList();
  }

  private void collect(Operator operator, Place place) {
    if (place == Place.INSIDE && dropsDuplicates(operator)) {
      operators.add(operator);
    }
    if (operator instanceof With with) {
      for (With.CommonTable table : with.tables()) {
        boolean recursive = table.recursion() == With.Recursion.RECURSIVE;
        collect(table.plan(), recursive ? Place.INSIDE : place);
      }
      collect(with.body(), place);
    } else {
      operator.inputs().forEach(input -> collect(input, place));
    }
    for (Scalar scalar : operator.scalars()) {
      for (Scalar part : scalar.withAllOperands()) {
        part.query().ifPresent(query -> collect(query, place));
      }
    }
  }

  private static boolean dropsDuplicates(Operator operator) {
    return switch (operator) {
      case Distinct _ -> true;
      case SetOperation operation ->
          operation.kind() != SetOperation.Kind.UNION
              || operation.duplicates() == Duplicates.REMOVED;
      default -> false;
    };
  }
}
