package dev.pgtrickle.engine.algebra.rewrite;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.Distinct;
import dev.pgtrickle.engine.algebra.Duplicates;
import dev.pgtrickle.engine.algebra.Fidelity;
import dev.pgtrickle.engine.algebra.Form;
import dev.pgtrickle.engine.algebra.GroupBy;
import dev.pgtrickle.engine.algebra.GroupingClause;
import dev.pgtrickle.engine.algebra.GroupingElement;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.SetCall;
import dev.pgtrickle.engine.algebra.SetOperation;
import dev.pgtrickle.engine.algebra.property.ColumnFidelity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Shows of equal rows the one with the least image (P10). A group of 1.0 and 1.00 has one key, and
 * PostgreSQL shows the one that it met first.
 *
 * <pre>
 * BEFORE  GroupBy(n: count(*), t)
 * AFTER   Project(n: least::numeric, count, GroupBy(n: count(*), least: min(n::text), t))
 * </pre>
 *
 * <p>Where several columns are ambiguous their images are compared together, so that what is shown
 * is a row that is there. Columns whose type nobody knows stay as they are.
 */
final class Representatives {
  private final Calls calls;

  Representatives(Calls calls) {
    this.calls = calls;
  }

  static boolean ambiguous(Column column) {
    return !column.type().isUndetermined() && ColumnFidelity.of(column) == Fidelity.IMAGE;
  }

  Operator of(GroupBy group) {
    List<Project.ComputedColumn> shown =
        group.keys().stream()
            .filter(key -> ambiguous(key.column()) && differsInside(key.scalar(), group.input()))
            .toList();
    if (shown.isEmpty()) {
      return group;
    }
    List<GroupBy.Call> aggregates = new ArrayList<>(group.calls());
    Column least = calls.column("least");
    aggregates.add(least(least, shown, Optional.empty()));
    List<Project.ComputedColumn> keys = new ArrayList<>();
    List<Project.ComputedColumn> output = new ArrayList<>();
    for (Project.ComputedColumn key : group.keys()) {
      int place = shown.indexOf(key);
      if (place < 0) {
        keys.add(key);
        output.add(Calls.passed(key.column()));
      } else {
        keys.add(new Project.ComputedColumn(calls.like(key.column()), key.scalar()));
        Scalar image = image(least, shown.size(), place);
        if (!group.grouping().isPlain()) {
          Column grouping = calls.column("grouping");
          aggregates.add(
              new GroupBy.Call(
                  grouping,
                  new SetCall(
                      "GROUPING",
                      Duplicates.KEPT,
                      Calls.arguments(key.scalar()),
                      List.of(),
                      List.of(),
                      Optional.empty())));
          image = whereGrouped(grouping, image);
        }
        output.add(
            new Project.ComputedColumn(key.column(), ImageText.value(image, key.column().type())));
      }
    }
    group.calls().forEach(call -> output.add(Calls.passed(call.column())));
    return new Project(
        new GroupBy(group.input(), group.grouping(), List.copyOf(keys), List.copyOf(aggregates)),
        List.copyOf(output));
  }

  /**
   * Whether the rows of a group may have several images of a key: not of one that only an outer
   * query gives, whose aggregate would besides be one of that query.
   */
  private static boolean differsInside(Scalar key, Operator input) {
    return input.columns().stream().map(Column::id).anyMatch(key.references()::contains);
  }

  /** A key is NULL in the groups that are made without it. */
  private static Scalar whereGrouped(Column grouping, Scalar image) {
    return new Scalar(
            Form.OPAQUE,
            "",
            List.of(
                new Scalar.Text("CASE WHEN "),
                new Scalar.Operand(Scalar.of(grouping.id())),
                new Scalar.Text(" = 0 THEN "),
                new Scalar.Operand(image),
                new Scalar.Text(" END")))
        .parenthesised();
  }

  Operator of(Distinct distinct) {
    return distinct.columns().stream().anyMatch(Representatives::ambiguous)
        ? grouped(distinct.input(), distinct.columns(), distinct.columns())
        : distinct;
  }

  Operator of(SetOperation operation) {
    boolean ambiguous = operation.columns().stream().anyMatch(Representatives::ambiguous);
    boolean bag =
        operation.kind() == SetOperation.Kind.UNION && operation.duplicates() == Duplicates.KEPT;
    if (!ambiguous || bag) {
      return operation;
    }
    if (operation.kind() == SetOperation.Kind.UNION) {
      List<Column> all = operation.columns().stream().map(calls::like).toList();
      return grouped(
          new SetOperation(
              SetOperation.Kind.UNION, Duplicates.KEPT, operation.left(), operation.right(), all),
          all,
          operation.columns());
    }
    return new CountedSides(calls).of(operation);
  }

  /** One row of each class of equal ones. */
  private Operator grouped(Operator rows, List<Column> columns, List<Column> shown) {
    List<Project.ComputedColumn> keys =
        columns.stream()
            .map(column -> new Project.ComputedColumn(calls.like(column), Scalar.of(column.id())))
            .toList();
    Column least = calls.column("least");
    GroupBy group =
        new GroupBy(
            rows,
            everyKey(keys.size()),
            keys,
            List.of(least(least, coarse(keys), Optional.empty())));
    return new Project(group, output(shown, keys, least));
  }

  static GroupingClause everyKey(int count) {
    return new GroupingClause(
        Duplicates.KEPT,
        IntStream.range(0, count).<GroupingElement>mapToObj(GroupingElement.Key::new).toList());
  }

  static List<Project.ComputedColumn> coarse(List<Project.ComputedColumn> keys) {
    return keys.stream().filter(key -> ambiguous(key.column())).toList();
  }

  /** The shown columns, from the keys of groups and their least image. */
  static List<Project.ComputedColumn> output(
      List<Column> shown, List<Project.ComputedColumn> keys, Column least) {
    List<Project.ComputedColumn> coarse = coarse(keys);
    List<Project.ComputedColumn> output = new ArrayList<>();
    for (int index = 0; index < shown.size(); index++) {
      int place = coarse.indexOf(keys.get(index));
      output.add(
          new Project.ComputedColumn(
              shown.get(index),
              place < 0
                  ? Scalar.of(keys.get(index).column().id())
                  : ImageText.value(image(least, coarse.size(), place), shown.get(index).type())));
    }
    return List.copyOf(output);
  }

  /** The least image of these columns, taken together. */
  static GroupBy.Call least(
      Column least, List<Project.ComputedColumn> shown, Optional<Scalar> filter) {
    List<Scalar.Piece> pieces = new ArrayList<>();
    for (Project.ComputedColumn column : shown) {
      if (!pieces.isEmpty()) {
        pieces.add(new Scalar.Text(", "));
      }
      pieces.add(new Scalar.Operand(ImageText.of(column.scalar(), column.column().type())));
    }
    if (shown.size() > 1) {
      pieces.addFirst(new Scalar.Text("ARRAY["));
      pieces.add(new Scalar.Text("]"));
    }
    return new GroupBy.Call(
        least, Calls.call("min", new Scalar(Form.OPAQUE, "", List.copyOf(pieces)), filter));
  }

  private static Scalar image(Column least, int count, int place) {
    Scalar reference = Scalar.of(least.id());
    return count == 1 ? reference : Calls.text("(", reference, ")[" + (place + 1) + "]");
  }
}
