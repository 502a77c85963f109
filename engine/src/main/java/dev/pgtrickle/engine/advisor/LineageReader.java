package dev.pgtrickle.engine.advisor;

import dev.pgtrickle.engine.algebra.Aggregate;
import dev.pgtrickle.engine.algebra.AggregateCall;
import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.CommonTableId;
import dev.pgtrickle.engine.algebra.CommonTableScan;
import dev.pgtrickle.engine.algebra.FunctionScan;
import dev.pgtrickle.engine.algebra.GroupBy;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.ProjectSet;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.Scan;
import dev.pgtrickle.engine.algebra.SetCall;
import dev.pgtrickle.engine.algebra.SetOperation;
import dev.pgtrickle.engine.algebra.SystemColumn;
import dev.pgtrickle.engine.algebra.Values;
import dev.pgtrickle.engine.algebra.WholeRow;
import dev.pgtrickle.engine.algebra.Window;
import dev.pgtrickle.engine.algebra.With;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.relations.RelationFacts;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Follows the columns of a plan to the sources: a column has one id in the whole plan, so it is
 * enough to know from which ids each is made.
 */
final class LineageReader {
  private final Map<ColumnId, Set<ColumnId>> madeFrom = new HashMap<>();
  private final Map<ColumnId, Set<ColumnOrigin>> sources = new HashMap<>();
  private final Map<CommonTableId, List<Column>> tables = new HashMap<>();

  LineageReader(Operator plan) {
    read(plan);
  }

  /** The columns of sources that a column is made from. */
  Set<ColumnOrigin> origins(ColumnId column) {
    Set<ColumnOrigin> found = new HashSet<>();
    Set<ColumnId> seen = new LinkedHashSet<>(Set.of(column));
    for (List<ColumnId> next = List.of(column); !next.isEmpty(); ) {
      Set<ColumnId> further = new LinkedHashSet<>();
      for (ColumnId id : next) {
        found.addAll(sources.getOrDefault(id, Set.of()));
        madeFrom.getOrDefault(id, Set.of()).stream().filter(seen::add).forEach(further::add);
      }
      next = List.copyOf(further);
    }
    return found;
  }

  private void read(Operator operator) {
    if (operator instanceof With with) {
      with.tables().forEach(table -> tables.put(table.id(), table.plan().columns()));
    }
    operator.inputs().forEach(this::read);
    for (Scalar scalar : operator.scalars()) {
      for (Scalar part : scalar.withAllOperands()) {
        part.query().ifPresent(this::read);
      }
    }
    switch (operator) {
      case Scan scan -> scanned(scan.relation(), scan.scanned());
      case Project project -> computed(project.computed());
      case ProjectSet project -> computed(project.computed());
      case WholeRow row ->
          row.input().columns().forEach(column -> add(row.row(), Set.of(column.id())));
      case GroupBy group -> {
        computed(group.keys());
        group.calls().forEach(call -> add(call.column(), values(call.call())));
      }
      case Window window -> window.calls().forEach(call -> add(call.column(), values(call.call())));
      case Aggregate aggregate -> aggregate.calls().forEach(this::call);
      case SetOperation operation -> {
        positions(operation.columns(), operation.left().columns());
        positions(operation.columns(), operation.right().columns());
      }
      case CommonTableScan scan ->
          positions(scan.columns(), tables.getOrDefault(scan.table(), List.of()));
      case FunctionScan function ->
          function.columns().forEach(column -> add(column, values(function.call())));
      case Values values -> {
        for (List<Scalar> row : values.rows()) {
          for (int index = 0; index < row.size(); index++) {
            add(values.columns().get(index), values(row.get(index)));
          }
        }
      }
      default -> {
        // Makes no column of its own.
      }
    }
  }

  private void call(AggregateCall call) {
    call.argument().ifPresent(argument -> add(call.column(), Set.of(argument.id())));
  }

  private void scanned(RelationFacts relation, List<Scan.ScannedColumn> columns) {
    for (Scan.ScannedColumn column : columns) {
      Identifier name =
          column.attributeNumber() < 0
              ? SystemColumn.ofNumber(column.attributeNumber()).column()
              : relation.column(column.attributeNumber()).orElseThrow().name();
      sources
          .computeIfAbsent(column.column().id(), _ -> new HashSet<>())
          .add(new ColumnOrigin(relation.name(), name));
    }
  }

  private void computed(List<Project.ComputedColumn> columns) {
    columns.forEach(column -> add(column.column(), values(column.scalar())));
  }

  private void positions(List<Column> made, List<Column> from) {
    for (int index = 0; index < Math.min(made.size(), from.size()); index++) {
      add(made.get(index), Set.of(from.get(index).id()));
    }
  }

  private void add(Column column, Set<ColumnId> from) {
    madeFrom.computeIfAbsent(column.id(), _ -> new HashSet<>()).addAll(from);
  }

  private static Set<ColumnId> values(SetCall call) {
    return Stream.concat(
            Stream.of(call.arguments()), call.group().stream().map(key -> key.scalar()))
        .collect(HashSet::new, (found, scalar) -> found.addAll(values(scalar)), HashSet::addAll);
  }

  /** The columns in an expression; of a query in it the columns that it gives. */
  private static Set<ColumnId> values(Scalar scalar) {
    Set<ColumnId> found = new HashSet<>();
    for (Scalar.Piece piece : scalar.pieces()) {
      switch (piece) {
        case Scalar.Text _ -> {
          // Words only.
        }
        case Scalar.Reference reference -> found.add(reference.column());
        case Scalar.Operand operand -> found.addAll(values(operand.scalar()));
        case Scalar.Subquery query ->
            query.plan().columns().forEach(column -> found.add(column.id()));
      }
    }
    return found;
  }
}
