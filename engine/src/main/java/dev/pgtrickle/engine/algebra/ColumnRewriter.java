package dev.pgtrickle.engine.algebra;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Changes what is known of columns, where they are made, in a whole plan and in the queries within
 * its expressions. Their ids stay.
 */
public final class ColumnRewriter {
  private final UnaryOperator<Column> change;

  public ColumnRewriter(UnaryOperator<Column> change) {
    this.change = change;
  }

  public Operator plan(Operator plan) {
    Operator inner =
        plan.withInputs(plan.inputs().stream().map(this::plan).toList()).withScalars(this::scalar);
    return own(inner);
  }

  private Operator own(Operator operator) {
    return switch (operator) {
      case Values values -> new Values(columns(values.columns()), values.rows());
      case FunctionScan scan ->
          new FunctionScan(
              columns(scan.columns()), scan.call(), scan.ordinality(), scan.definitions());
      case CommonTableScan scan -> new CommonTableScan(scan.table(), columns(scan.columns()));
      case Project project -> new Project(project.input(), computed(project.computed()));
      case ProjectSet project -> new ProjectSet(project.input(), computed(project.computed()));
      case WholeRow row ->
          new WholeRow(row.input(), row.names(), row.type(), change.apply(row.row()));
      case GroupBy group ->
          new GroupBy(
              group.input(),
              group.grouping(),
              computed(group.keys()),
              group.calls().stream()
                  .map(call -> new GroupBy.Call(change.apply(call.column()), call.call()))
                  .toList());
      case Window window ->
          new Window(
              window.input(),
              window.calls().stream()
                  .map(call ->
                      new Window.Call(
                          change.apply(call.column()),
                          call.call(),
                          call.partition(),
                          call.order(),
                          call.frame()))
                  .toList());
      case SetOperation operation ->
          new SetOperation(
              operation.kind(),
              operation.duplicates(),
              operation.left(),
              operation.right(),
              columns(operation.columns()));
      case Scan scan ->
          scan.withScanned(
              scan.scanned().stream()
                  .map(column ->
                      new Scan.ScannedColumn(
                          change.apply(column.column()), column.attributeNumber()))
                  .toList());
      case ConstantRow _,
          Filter _,
          TemporalFilter _,
          Join _,
          SemiJoin _,
          NullAwareAntiJoin _,
          Aggregate _,
          Distinct _,
          DistinctOn _,
          TopRows _,
          With _ ->
          operator;
    };
  }

  private List<Column> columns(List<Column> columns) {
    return columns.stream().map(change).toList();
  }

  private List<Project.ComputedColumn> computed(List<Project.ComputedColumn> computed) {
    return computed.stream()
        .map(column -> new Project.ComputedColumn(change.apply(column.column()), column.scalar()))
        .toList();
  }

  /** The same for the queries within an expression. */
  public Scalar scalar(Scalar scalar) {
    List<Scalar.Piece> pieces =
        scalar.pieces().stream()
            .<Scalar.Piece>map(piece ->
                switch (piece) {
                  case Scalar.Text text -> text;
                  case Scalar.Reference reference -> reference;
                  case Scalar.Operand operand -> new Scalar.Operand(scalar(operand.scalar()));
                  case Scalar.Subquery query -> new Scalar.Subquery(plan(query.plan()));
                })
            .toList();
    return pieces.equals(scalar.pieces())
        ? scalar
        : new Scalar(scalar.form(), scalar.operator(), pieces);
  }
}
