package dev.pgtrickle.engine.advisor;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.relations.ColumnType;
import dev.pgtrickle.engine.relations.Equality;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Expressions over the columns of one tree. Calcite understands AND, OR, NOT and {@code =} of two
 * columns of one type that has an equality; everything else is opaque.
 */
final class Conditions {
  private final RexBuilder builder;
  private final PostgresTypes types;
  private final List<Column> columns;
  private final List<ColumnId> ids;
  private final RelNode rows;

  Conditions(
      RexBuilder builder,
      PostgresTypes types,
      List<Column> columns,
      List<ColumnId> ids,
      RelNode rows) {
    this.builder = builder;
    this.types = types;
    this.columns = List.copyOf(columns);
    this.ids = List.copyOf(ids);
    this.rows = rows;
  }

  /**
   * An expression that is true, false or unknown; AND within AND is one AND, as Calcite wants it.
   */
  RexNode condition(Scalar scalar) {
    return RexUtil.flatten(builder, nested(scalar));
  }

  private RexNode nested(Scalar scalar) {
    Scalar bare = scalar.bare();
    return switch (bare.form()) {
      case AND -> logical(SqlStdOperatorTable.AND, bare);
      case OR -> logical(SqlStdOperatorTable.OR, bare);
      case NOT -> logical(SqlStdOperatorTable.NOT, bare);
      case INFIX -> equality(bare).orElseGet(() -> opaque(bare, types.truth()));
      case COLUMN -> value(bare, types.truth());
      default -> opaque(bare, types.truth());
    };
  }

  /** Any expression; its type is known only from the column that it becomes. */
  RexNode value(Scalar scalar, RelDataType type) {
    Optional<ColumnId> column = scalar.asColumn();
    return column
        .<RexNode>map(id -> builder.makeInputRef(rows, ids.indexOf(id)))
        .orElseGet(() -> opaque(scalar.bare(), type));
  }

  private RexNode logical(SqlOperator operator, Scalar scalar) {
    return builder.makeCall(operator, scalar.operands().stream().map(this::nested).toList());
  }

  private Optional<RexNode> equality(Scalar scalar) {
    if (!scalar.operator().equals("=")) {
      return Optional.empty();
    }
    Optional<Column> left = column(scalar.operands().getFirst());
    Optional<Column> right = column(scalar.operands().getLast());
    if (left.isEmpty() || right.isEmpty()) {
      return Optional.empty();
    }
    ColumnType one = left.get().type();
    ColumnType other = right.get().type();
    boolean comparable =
        !one.isUndetermined()
            && one.oid() == other.oid()
            && one.collation().equals(other.collation())
            && one.equality() == Equality.IDENTITY;
    return comparable
        ? Optional.of(
            builder.makeCall(
                SqlStdOperatorTable.EQUALS,
                value(scalar.operands().getFirst(), types.of(one)),
                value(scalar.operands().getLast(), types.of(other))))
        : Optional.empty();
  }

  private Optional<Column> column(Scalar scalar) {
    return scalar.asColumn().filter(ids::contains).map(id -> columns.get(ids.indexOf(id)));
  }

  private RexNode opaque(Scalar scalar, RelDataType type) {
    List<ColumnId> used = new ArrayList<>(scalar.references());
    String text = scalar.render(id -> "$" + used.indexOf(id) + "$");
    return builder.makeCall(
        new OpaqueFunction(text, type),
        used.stream().<RexNode>map(id -> builder.makeInputRef(rows, ids.indexOf(id))).toList());
  }
}
