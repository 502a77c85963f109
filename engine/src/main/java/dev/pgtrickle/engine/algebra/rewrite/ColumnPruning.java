package dev.pgtrickle.engine.algebra.rewrite;

import dev.pgtrickle.engine.algebra.Aggregate;
import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.CommonTableScan;
import dev.pgtrickle.engine.algebra.ConstantRow;
import dev.pgtrickle.engine.algebra.Distinct;
import dev.pgtrickle.engine.algebra.DistinctOn;
import dev.pgtrickle.engine.algebra.Filter;
import dev.pgtrickle.engine.algebra.FreeColumns;
import dev.pgtrickle.engine.algebra.FunctionScan;
import dev.pgtrickle.engine.algebra.GroupBy;
import dev.pgtrickle.engine.algebra.Join;
import dev.pgtrickle.engine.algebra.NullAwareAntiJoin;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.ProjectSet;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.Scan;
import dev.pgtrickle.engine.algebra.SemiJoin;
import dev.pgtrickle.engine.algebra.SetOperation;
import dev.pgtrickle.engine.algebra.TemporalFilter;
import dev.pgtrickle.engine.algebra.TopRows;
import dev.pgtrickle.engine.algebra.Values;
import dev.pgtrickle.engine.algebra.WholeRow;
import dev.pgtrickle.engine.algebra.Window;
import dev.pgtrickle.engine.algebra.With;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Leaves out columns that nobody reads, so that captured changes are narrow.
 *
 * <pre>
 * BEFORE  Project(a, Filter(b > 1, Scan(t: a, b, c, d)))
 * AFTER   Project(a, Filter(b > 1, Scan(t: a, b)))
 * </pre>
 *
 * <p>Where the number or the equality of all columns matters (set operations, DISTINCT, common
 * tables, membership) all of them are read.
 */
public final class ColumnPruning implements RewriteRule {

  @Override
  public Operator apply(Operator plan) {
    return pruned(plan, ColumnSets.of(plan));
  }

  private Operator pruned(Operator operator, Set<ColumnId> wanted) {
    Operator kept = withoutUnused(operator, wanted).withScalars(this::queries);
    Set<ColumnId> read = new HashSet<>(wanted);
    kept.scalars().forEach(scalar -> read.addAll(scalar.references()));
    lateral(kept).forEach(input -> read.addAll(FreeColumns.of(input)));
    return switch (kept) {
      case Scan _, ConstantRow _, Values _, FunctionScan _, CommonTableScan _ -> kept;
      case Filter _,
          TemporalFilter _,
          Project _,
          ProjectSet _,
          Join _,
          GroupBy _,
          Window _,
          DistinctOn _,
          TopRows _ ->
          inputs(kept, read);
      case SemiJoin _ -> inputs(kept, read);
      case NullAwareAntiJoin join ->
          new NullAwareAntiJoin(pruned(join.left(), read), all(join.right()), join.probe());
      case With with ->
          with.withInputs(
              with.inputs().stream()
                  .map(input -> input.equals(with.body()) ? pruned(input, read) : all(input))
                  .toList());
      case Distinct _, SetOperation _, WholeRow _, Aggregate _ ->
          kept.withInputs(kept.inputs().stream().map(this::all).toList());
    };
  }

  /** Inputs that may read columns of the one beside them. */
  private static List<Operator> lateral(Operator operator) {
    return switch (operator) {
      case SetOperation _ -> List.of();
      case Join join -> List.of(join.right());
      default -> operator.inputs();
    };
  }

  private Operator inputs(Operator operator, Set<ColumnId> read) {
    return operator.withInputs(
        operator.inputs().stream().map(input -> pruned(input, read)).toList());
  }

  private Operator all(Operator operator) {
    return pruned(operator, ColumnSets.of(operator));
  }

  private Scalar queries(Scalar scalar) {
    return scalar.hasQuery() ? scalar(scalar) : scalar;
  }

  private Scalar scalar(Scalar scalar) {
    List<Scalar.Piece> pieces =
        scalar.pieces().stream()
            .<Scalar.Piece>map(piece ->
                switch (piece) {
                  case Scalar.Text text -> text;
                  case Scalar.Reference reference -> reference;
                  case Scalar.Operand operand -> new Scalar.Operand(scalar(operand.scalar()));
                  case Scalar.Subquery query -> new Scalar.Subquery(all(query.plan()));
                })
            .toList();
    return new Scalar(scalar.form(), scalar.operator(), pieces);
  }

  private static Operator withoutUnused(Operator operator, Set<ColumnId> wanted) {
    return switch (operator) {
      case Scan scan -> scan.withScanned(scanned(scan.scanned(), wanted));
      case Project project ->
          new Project(
              project.input(),
              project.computed().stream()
                  .filter(column -> wanted.contains(column.column().id()))
                  .toList());
      case GroupBy group ->
          new GroupBy(
              group.input(),
              group.grouping(),
              group.keys(),
              group.calls().stream().filter(call -> wanted.contains(call.column().id())).toList());
      case Window window -> {
        List<Window.Call> calls =
            window.calls().stream().filter(call -> wanted.contains(call.column().id())).toList();
        yield calls.isEmpty() ? window : new Window(window.input(), calls);
      }
      default -> operator;
    };
  }

  private static List<Scan.ScannedColumn> scanned(
      List<Scan.ScannedColumn> columns, Set<ColumnId> wanted) {
    return columns.stream().filter(column -> wanted.contains(column.column().id())).toList();
  }
}
