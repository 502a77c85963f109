package dev.pgtrickle.engine.algebra.rewrite;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.Duplicates;
import dev.pgtrickle.engine.algebra.Filter;
import dev.pgtrickle.engine.algebra.Form;
import dev.pgtrickle.engine.algebra.FunctionScan;
import dev.pgtrickle.engine.algebra.GroupBy;
import dev.pgtrickle.engine.algebra.Join;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.SetCall;
import dev.pgtrickle.engine.algebra.SetOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * INTERSECT and EXCEPT of rows that can be equal and look different, by counting both sides: as
 * many copies as before, all of them the least image on the left (P10).
 *
 * <pre>
 * BEFORE  Except(a, b)
 * AFTER   Project(least, Filter(l > 0 AND r = 0,
 *           GroupBy(l: count of left, r: count of right, least: min(image) of left, UnionAll(a, b))))
 * </pre>
 */
final class CountedSides {
  private final Calls calls;

  CountedSides(Calls calls) {
    this.calls = calls;
  }

  Operator of(SetOperation operation) {
    List<Column> all = new ArrayList<>(operation.columns().stream().map(calls::like).toList());
    Column side = calls.column("side");
    List<Project.ComputedColumn> keys =
        all.stream()
            .map(column -> new Project.ComputedColumn(calls.like(column), Scalar.of(column.id())))
            .toList();
    all.add(side);
    Operator union =
        new SetOperation(
            SetOperation.Kind.UNION,
            Duplicates.KEPT,
            marked(operation.left(), "true"),
            marked(operation.right(), "false"),
            List.copyOf(all));
    Scalar left = Scalar.of(side.id());
    Column least = calls.column("least");
    Column lefts = calls.column("lefts");
    Column rights = calls.column("rights");
    Operator groups =
        new GroupBy(
            union,
            Representatives.everyKey(keys.size()),
            keys,
            List.of(
                new GroupBy.Call(lefts, count(left)),
                new GroupBy.Call(rights, count(Calls.text("NOT ", left, ""))),
                Representatives.least(least, Representatives.coarse(keys), Optional.of(left))));
    return new Project(
        copies(operation, groups, Scalar.of(lefts.id()), Scalar.of(rights.id())),
        Representatives.output(operation.columns(), keys, least));
  }

  private Operator marked(Operator rows, String side) {
    List<Project.ComputedColumn> columns =
        new ArrayList<>(rows.columns().stream().map(Calls::passed).toList());
    columns.add(new Project.ComputedColumn(calls.column("side"), Scalar.constant(side)));
    return new Project(rows, List.copyOf(columns));
  }

  private static SetCall count(Scalar side) {
    return Calls.call(
        "count", new Scalar(Form.OPAQUE, "", List.of(new Scalar.Text("*"))), Optional.of(side));
  }

  private Operator copies(SetOperation operation, Operator groups, Scalar lefts, Scalar rights) {
    boolean except = operation.kind() == SetOperation.Kind.EXCEPT;
    if (operation.duplicates() == Duplicates.REMOVED) {
      String right = except ? " = 0" : " > 0";
      return new Filter(
          groups,
          Scalar.and(List.of(Calls.text("", lefts, " > 0"), Calls.text("", rights, right))));
    }
    String before = except ? "\"generate_series\"(1, " : "\"generate_series\"(1, LEAST(";
    String between = except ? " - " : ", ";
    String after = except ? ")" : "))";
    Scalar numbers =
        new Scalar(
            Form.OPAQUE,
            "",
            List.of(
                new Scalar.Text(before),
                new Scalar.Operand(lefts),
                new Scalar.Text(between),
                new Scalar.Operand(rights),
                new Scalar.Text(after)));
    Operator copies =
        new FunctionScan(
            List.of(calls.column("copy")), numbers, FunctionScan.Ordinality.NONE, List.of());
    return new Join(Join.Kind.INNER, groups, copies, Optional.empty());
  }
}
