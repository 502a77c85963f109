package dev.pgtrickle.engine.algebra.rewrite;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.ColumnIds;
import dev.pgtrickle.engine.algebra.Duplicates;
import dev.pgtrickle.engine.algebra.Form;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.SetCall;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.relations.ColumnType;
import dev.pgtrickle.engine.relations.Nullability;
import java.util.List;
import java.util.Optional;

/** The columns and calls that a refinement adds to a plan. */
final class Calls {
  private final ColumnIds ids;

  Calls(ColumnIds ids) {
    this.ids = ids;
  }

  /** A column whose type nobody needs to know. */
  Column column(String name) {
    return new Column(
        ids.next(), Identifier.of(name), ColumnType.undetermined(), Nullability.NULLABLE);
  }

  /** A column like another one, under an id of its own. */
  Column like(Column column) {
    return new Column(ids.next(), column.name(), column.type(), column.nullability());
  }

  /** A call of one of PostgreSQL's own functions over rows. */
  static SetCall call(String function, Scalar arguments, Optional<Scalar> filter) {
    return new SetCall(
        Identifier.of(function).quoted(), Duplicates.KEPT, arguments, List.of(), List.of(), filter);
  }

  static Scalar arguments(Scalar argument) {
    return new Scalar(Form.OPAQUE, "", List.of(new Scalar.Operand(argument)));
  }

  static Scalar arguments(Scalar first, Scalar second) {
    return new Scalar(
        Form.OPAQUE,
        "",
        List.of(new Scalar.Operand(first), new Scalar.Text(", "), new Scalar.Operand(second)));
  }

  static Scalar none() {
    return new Scalar(Form.OPAQUE, "", List.of());
  }

  /** Text with one expression in it. */
  static Scalar text(String before, Scalar scalar, String after) {
    return new Scalar(
            Form.OPAQUE,
            "",
            List.of(new Scalar.Text(before), new Scalar.Operand(scalar), new Scalar.Text(after)))
        .parenthesised();
  }

  /** The rows with these columns only. */
  static Operator only(List<Column> columns, Operator rows) {
    return new Project(rows, columns.stream().map(Calls::passed).toList());
  }

  static Project.ComputedColumn passed(Column column) {
    return new Project.ComputedColumn(column, Scalar.of(column.id()));
  }
}
