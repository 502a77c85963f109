package dev.pgtrickle.engine.advisor;

import dev.pgtrickle.engine.algebra.Aggregate;
import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.CommonTableId;
import dev.pgtrickle.engine.algebra.CommonTableScan;
import dev.pgtrickle.engine.algebra.Distinct;
import dev.pgtrickle.engine.algebra.FreeColumns;
import dev.pgtrickle.engine.algebra.NullAwareAntiJoin;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.SetOperation;
import dev.pgtrickle.engine.algebra.WholeRow;
import dev.pgtrickle.engine.algebra.With;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The query, and those parts of it that begin where Calcite's sight ends: below windows, limits,
 * queries in expressions and the like.
 */
final class QueryParts {
  private final Operator plan;
  private final List<Part> found = new ArrayList<>();

  private QueryParts(Operator plan) {
    this.plan = plan;
  }

  /** The whole first. What has no columns has no rows to show. */
  static List<Part> of(Operator plan) {
    QueryParts parts = new QueryParts(plan);
    if (!plan.columns().isEmpty()) {
      parts.found.add(new Part(plan, Advice.Extent.WHOLE));
    }
    parts.below(plan);
    return List.copyOf(parts.found);
  }

  private void below(Operator operator) {
    boolean seen = RelationalView.shows(operator);
    for (Operator input : operator.inputs()) {
      if (!seen) {
        begin(input);
      }
      below(input);
    }
    for (Operator query : queries(operator).toList()) {
      begin(query);
      below(query);
    }
  }

  /** What depends on a row beside it, or on a common table around it, is no query of its own. */
  private void begin(Operator part) {
    Set<CommonTableId> read = new HashSet<>();
    Set<CommonTableId> defined = new HashSet<>();
    commonTables(part, read, defined);
    Operator used = withUsedColumns(part);
    if (FreeColumns.of(part).isEmpty() && defined.containsAll(read) && !used.columns().isEmpty()) {
      found.add(new Part(used, Advice.Extent.PART));
    }
  }

  private static void commonTables(
      Operator operator, Set<CommonTableId> read, Set<CommonTableId> defined) {
    switch (operator) {
      case CommonTableScan scan -> read.add(scan.table());
      case With with -> with.tables().forEach(table -> defined.add(table.id()));
      default -> {
        // Has to do with none.
      }
    }
    Stream.concat(operator.inputs().stream(), queries(operator))
        .forEach(inner -> commonTables(inner, read, defined));
  }

  private Operator withUsedColumns(Operator part) {
    Set<ColumnId> used = new HashSet<>();
    plan.columns().forEach(column -> used.add(column.id()));
    usedOutside(plan, part, used);
    List<Column> kept =
        part.columns().stream().filter(column -> used.contains(column.id())).toList();
    return kept.size() == part.columns().size()
        ? part
        : new Project(
            part,
            kept.stream()
                .map(column -> new Project.ComputedColumn(column, Scalar.of(column.id())))
                .toList());
  }

  private static void usedOutside(Operator operator, Operator part, Set<ColumnId> used) {
    if (operator.equals(part)) {
      return;
    }
    operator.scalars().forEach(scalar -> used.addAll(scalar.references()));
    if (usesAllColumns(operator)) {
      operator.inputs().forEach(input -> input.columns().forEach(column -> used.add(column.id())));
    }
    operator.inputs().forEach(input -> usedOutside(input, part, used));
    queries(operator)
        .forEach(query -> {
          query.columns().forEach(column -> used.add(column.id()));
          usedOutside(query, part, used);
        });
  }

  /** Without naming them. */
  private static boolean usesAllColumns(Operator operator) {
    return switch (operator) {
      case Distinct _, SetOperation _, WholeRow _, Aggregate _, NullAwareAntiJoin _, With _ -> true;
      default -> false;
    };
  }

  private static Stream<Operator> queries(Operator operator) {
    return operator.scalars().stream()
        .flatMap(scalar -> scalar.withAllOperands().stream())
        .flatMap(scalar -> scalar.query().stream());
  }
}
