package dev.pgtrickle.engine.algebra;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Expressions as they compare with each other: a query that is written twice has columns and common
 * tables of its own each time, so those are numbered in the order in which they are made. What a
 * query takes from around it stays.
 *
 * <pre>
 * BEFORE  (SELECT max(#7) FROM u(#6, #7) WHERE #6 > #2)
 * AFTER   (SELECT max(#-2) FROM u(#-1, #-2) WHERE #-1 > #2)
 * </pre>
 */
public final class ComparableQueries {
  private final Map<ColumnId, ColumnId> columns = new HashMap<>();
  private final Map<CommonTableId, CommonTableId> tables = new HashMap<>();

  private ComparableQueries() {}

  /** Equal for two expressions that say the same of the same columns around their queries. */
  public static Scalar in(Scalar scalar) {
    return scalar.hasQuery() ? new ComparableQueries().numbered(scalar) : scalar;
  }

  private Scalar numbered(Scalar scalar) {
    number(scalar);
    Scalar made =
        new ColumnRewriter(column ->
            new Column(
                columns.getOrDefault(column.id(), column.id()),
                column.name(),
                column.type(),
                column.nullability()))
            .scalar(scalar);
    return alike(
        new PlanRewriter(part -> part.asColumn().map(columns::get).map(Scalar::of)).scalar(made));
  }

  private void number(Scalar scalar) {
    scalar.withAllOperands().forEach(part -> part.query().ifPresent(this::number));
  }

  private void number(Operator operator) {
    operator.inputs().forEach(this::number);
    OwnColumns.of(operator)
        .forEach(
            column -> columns.computeIfAbsent(column.id(), _ -> new ColumnId(-1 - columns.size())));
    if (operator instanceof With with) {
      with.tables()
          .forEach(table ->
              tables.computeIfAbsent(table.id(), _ -> new CommonTableId(-1 - tables.size())));
    }
    operator.scalars().forEach(this::number);
  }

  private Scalar alike(Scalar scalar) {
    List<Scalar.Piece> pieces =
        scalar.pieces().stream()
            .<Scalar.Piece>map(piece ->
                switch (piece) {
                  // Where it stands decides on the blanks between a parenthesis and SELECT.
                  case Scalar.Text text -> new Scalar.Text(text.sql().strip());
                  case Scalar.Reference reference -> reference;
                  case Scalar.Operand operand -> new Scalar.Operand(alike(operand.scalar()));
                  case Scalar.Subquery query -> new Scalar.Subquery(alike(query.plan()));
                })
            .toList();
    return new Scalar(scalar.form(), scalar.operator(), pieces);
  }

  private Operator alike(Operator plan) {
    Operator inner =
        plan.withInputs(plan.inputs().stream().map(this::alike).toList()).withScalars(this::alike);
    return switch (inner) {
      case With with -> new With(with.tables().stream().map(this::numbered).toList(), with.body());
      case CommonTableScan scan ->
          new CommonTableScan(tables.getOrDefault(scan.table(), scan.table()), scan.columns());
      default -> inner;
    };
  }

  private With.CommonTable numbered(With.CommonTable table) {
    return new With.CommonTable(
        tables.getOrDefault(table.id(), table.id()),
        table.name(),
        table.names(),
        table.recursion(),
        table.hint(),
        table.plan(),
        table.tail());
  }
}
